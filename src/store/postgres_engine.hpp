// The engine for several nodes: reads and writes run on threads of their own, each with a connection to the database.
#pragma once

#include <atomic>
#include <deque>

#include "store/engine.hpp"
#include "store/long_reads.hpp"
#include "store/read_connections.hpp"
#include "store/replica_reads.hpp"
#include "store/shared_reads.hpp"
#include "store/store_settings.hpp"

namespace contactd::store {

class PostgresEngine final : public Engine {
 public:
  /// Looks at the server and the schema, and makes the schema where there is none. Throws std::runtime_error with a
  /// line for the operator.
  explicit PostgresEngine(StoreSettings settings);
  ~PostgresEngine() override;

  void read(const Caller& caller, FunctionRef<void(Session&)> work) override;
  void release_snapshot() override {}
  void read_later(Caller caller, ReadLength length, std::function<void(Session&)> work,
                  std::function<void(std::exception_ptr)> done) override;
  void write_later(WriteJob job) override;
  const std::string& cursor_secret() const override { return cursor_secret_; }
  std::size_t writes_waiting() const override { return waiting_.load(std::memory_order_relaxed); }
  bool refuses_writes() const override { return writes_waiting() >= queue_requests_max_; }
  std::uint64_t change_number(std::string_view) const override { return 0; }
  bool is_embedded() const override { return false; }
  std::optional<ReplicaReadCounts> replica_reads() const override;
  std::optional<std::uint64_t> reads_run_again() const override { return short_reads_->run_again(); }

 private:
  /// One that writes: a connection, and the source of its ids and times.
  struct Writing {
    std::unique_ptr<KnowingConnection> at;
    StampSource stamps;
  };
  void prepare(const StoreSettings& settings);
  void read_at_length(const Caller& caller, ReadLength length, FunctionRef<void(Session&)> work);
  void write_loop(Writing& writing);
  void run_write(Writing& writing, WriteJob& job);
  void write_once(Writing& writing, WriteJob& job);
  std::unique_ptr<KnowingConnection> make_connection(std::int64_t shard) const;

  PostgresSettings postgres_;
  std::function<std::unique_ptr<Connection>(std::unique_ptr<Connection>)> wrap_;
  std::size_t queue_requests_max_;
  std::string cursor_secret_;
  ReadConnections read_connections_;
  std::unique_ptr<ReplicaReads> replicas_;  // null where there are none
  std::vector<Writing> writings_;

  std::atomic<std::size_t> waiting_{0};
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<WriteJob> queue_;
  bool stopping_ = false;
  std::vector<std::thread> write_threads_;
  std::unique_ptr<SharedReads> short_reads_;
  std::unique_ptr<LongReads> long_reads_;
};

}  // namespace contactd::store
