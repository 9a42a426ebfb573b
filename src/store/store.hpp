// The store as a whole: decides where work runs. Short reads on the caller's thread, long ones on a small pool, writes
// on the writer.
#pragma once

#include <functional>
#include <memory>

#include "store/long_reads.hpp"
#include "store/sqlite.hpp"
#include "store/writer.hpp"

namespace contactd::store {

struct StoreSettings {
  SqliteOptions sqlite;
  WriterSettings writer;
  StampSource stamps;  ///< Tests bring their own.
  /// Given every connection before it is used; tests look at what runs, and change it.
  std::function<std::unique_ptr<Connection>(std::unique_ptr<Connection>)> wrap = nullptr;
  unsigned long_read_threads = 2;
  std::size_t long_read_queue_max = 1'024;  ///< More are refused: 503.
  /// How the operator brings this store up to date; a store of an earlier version is refused with it.
  std::string migrate_command = "contactd migrate";
  /// Hears of what takes long while the store opens.
  std::function<void(const std::string&)> on_progress = nullptr;
};

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

/// The Problem `overloaded`: too much waits already.
[[noreturn]] void refuse_overload();

class Store {
 public:
  /// Opens or makes the store and takes its lock. Throws with a message for the operator; a store whose schema is not
  /// this version's is refused, and nothing of it changed.
  explicit Store(StoreSettings settings);
  /// Finishes what waits.
  ~Store();

  /// Runs at once, on the calling thread. Throws what `work` throws. The snapshot stays until `release_snapshot`.
  void read(const Caller& caller, FunctionRef<void(Session&)> work);
  /// Gives back the calling thread's snapshot.
  void release_snapshot();
  /// Runs on the pool, tenants taking turns; `done` is called there. Throws Problem `overloaded` when too many wait.
  void read_later(Caller caller, std::function<void(Session&)> work, std::function<void(std::exception_ptr)> done);
  /// Runs on the writer; `done` is called there, after the commit. Throws Problem `overloaded` when the queue is full.
  void write_later(WriteJob job);
  /// 32 secret bytes of this store under that name, in hex; made on first use.
  const std::string& cursor_secret() const { return cursor_secret_; }
  std::size_t writes_waiting() const { return writer_->waiting(); }
  /// Whether a write would be refused now.
  bool refuses_writes() const { return writer_->is_full(); }
  /// Of the tenant's data, as far as it is acknowledged: an answer made after this number was read is still right while
  /// the number is the same.
  std::uint64_t change_number(std::string_view tenant) const { return writer_->changes().of(tenant); }
  /// Never given twice in a process.
  std::uint64_t serial() const { return serial_; }

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
