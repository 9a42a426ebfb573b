// The store as a whole: one of the two engines, which decides where work runs.
#pragma once

#include <functional>
#include <memory>

#include "store/engine.hpp"
#include "store/store_settings.hpp"

namespace contactd::store {

class Store {
 public:
  /// Opens the store; makes one where there is none. Throws with a message for the operator. A store whose schema is
  /// another version's is refused, and nothing of it changed.
  explicit Store(StoreSettings settings);

  /// Runs while the caller waits: at once on the calling thread, where the snapshot stays until `release_snapshot`, or
  /// on a connection to the database. Throws what `work` throws.
  void read(const Caller& caller, FunctionRef<void(Session&)> work) { engine_->read(caller, work); }
  /// Gives back the calling thread's snapshot.
  void release_snapshot() { engine_->release_snapshot(); }
  /// Runs on a thread of the store; `done` is called there. Of long reads, tenants take turns. `work` may run more than
  /// once, each time as if it were the first. Throws Problem `overloaded` when too many wait.
  void read_later(Caller caller, ReadLength length, std::function<void(Session&)> work,
                  std::function<void(std::exception_ptr)> done) {
    engine_->read_later(caller, length, std::move(work), std::move(done));
  }
  /// Runs on a writer; `done` is called there, after the commit. The job may run more than once, as above. Throws
  /// Problem `overloaded` when the queue is full.
  void write_later(WriteJob job) { engine_->write_later(std::move(job)); }
  /// 32 secret bytes of this store under that name, in hex; made on first use.
  const std::string& cursor_secret() const { return engine_->cursor_secret(); }
  std::size_t writes_waiting() const { return engine_->writes_waiting(); }
  /// Whether a write would be refused now.
  bool refuses_writes() const { return engine_->refuses_writes(); }
  /// Whether short reads may run on an I/O thread, and `change_number` tells of every change.
  bool is_embedded() const { return engine_->is_embedded(); }
  /// Of the tenant's data, as far as it is acknowledged: an answer made after this number was read is still right while
  /// the number is the same. Only where the store is embedded.
  std::uint64_t change_number(std::string_view tenant) const { return engine_->change_number(tenant); }
  /// Nothing where there is no replica. Thread-safe.
  std::optional<ReplicaReadCounts> replica_reads() const { return engine_->replica_reads(); }
  std::optional<std::uint64_t> reads_run_again() const { return engine_->reads_run_again(); }
  /// Never given twice in a process.
  std::uint64_t serial() const { return serial_; }

 private:
  std::uint64_t serial_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace contactd::store
