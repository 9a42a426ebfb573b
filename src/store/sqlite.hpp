// The embedded engine: SQLite in WAL mode, synchronous=FULL. One writer connection per process, any number of readers.
#pragma once

#include <memory>
#include <string>

#include "store/connection.hpp"

namespace contactd::store {

/// How a connection is opened. `vfs` names a registered SQLite VFS (tests use one that fails on purpose).
struct SqliteOptions {
  std::string path;
  std::string vfs = {};
  bool synchronous = true;  ///< Off only as the control of the power-cut test.
  /// References between rows are looked at all at once before each commit, and not at each statement: for migrations,
  /// which make whole tables anew.
  bool references_at_commit = false;
  /// For readers: the file is nobody's but theirs, has no log and leaves none behind. A backup is such a file.
  bool is_sealed = false;
  /// The writer moves the log when about so many of its pages have not been moved: while it has little to do, and while
  /// it is busy.
  std::int64_t checkpoint_pages = 500;
  std::int64_t busy_checkpoint_pages = 4'000;
};

std::unique_ptr<Connection> open_sqlite_writer(const SqliteOptions& options);
/// Read-only in effect (`query_only`); never checkpoints, also not when closed.
std::unique_ptr<Connection> open_sqlite_reader(const SqliteOptions& options);

/// Keeps every other process off the same file as long as it lives: an advisory lock on `<path>.lock`, which names the
/// process that holds it. Throws std::runtime_error that says so.
class StoreLock {
 public:
  explicit StoreLock(const std::string& database_path);
  ~StoreLock();
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace contactd::store
