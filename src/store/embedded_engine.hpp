// The embedded engine: short reads on the caller's thread, long ones on a small pool, writes on the writer.
#pragma once

#include "store/engine.hpp"
#include "store/long_reads.hpp"
#include "store/store_settings.hpp"

namespace contactd::store {

/// A thread's own read-only connection. Its snapshot is kept from one request to the next until something was committed
/// or `release` is called: taking a new one costs more than a point read.
class Reader {
 public:
  explicit Reader(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
  /// The number of a tenant that has one; 0 for others. Tenants stay, so the last one's is remembered.
  std::int64_t number_of(std::string_view tenant);
  /// The connection, inside a snapshot that has seen at least `commits` commits.
  Connection& at(std::uint64_t commits);
  /// Gives the snapshot back, so that the log can be moved. Harmless when none is held.
  void release();

 private:
  std::unique_ptr<Connection> connection_;
  bool open_ = false;
  std::uint64_t commits_ = 0;
  TenantNumbers tenants_;
};

class EmbeddedEngine final : public Engine {
 public:
  /// Opens or makes the store, takes its lock, brings its schema up to date. `serial` is never given twice in a
  /// process.
  EmbeddedEngine(StoreSettings settings, std::uint64_t serial);
  ~EmbeddedEngine() override;

  void read(const Caller& caller, FunctionRef<void(Session&)> work) override;
  void release_snapshot() override;
  void read_later(Caller caller, ReadLength, std::function<void(Session&)> work,
                  std::function<void(std::exception_ptr)> done) override;
  void write_later(WriteJob job) override;
  const std::string& cursor_secret() const override { return cursor_secret_; }
  std::size_t writes_waiting() const override { return writer_->waiting(); }
  bool refuses_writes() const override { return writer_->is_full(); }
  std::uint64_t change_number(std::string_view tenant) const override { return writer_->changes().of(tenant); }
  bool is_embedded() const override { return true; }

 private:
  Reader& reader();
  std::unique_ptr<Connection> wrapped(std::unique_ptr<Connection> connection) const;
  void read_on(Reader& reader, const Caller& caller, FunctionRef<void(Session&)> work);

  SqliteOptions sqlite_;
  std::function<std::unique_ptr<Connection>(std::unique_ptr<Connection>)> wrap_;
  std::uint64_t serial_;
  StoreLock lock_;
  std::string cursor_secret_;
  std::unique_ptr<Writer> writer_;
  std::mutex readers_mutex_;
  std::vector<std::unique_ptr<Reader>> readers_;
  std::unique_ptr<LongReads> long_reads_;
};

}  // namespace contactd::store
