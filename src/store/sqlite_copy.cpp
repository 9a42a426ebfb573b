// The backup interface of SQLite, on a source that holds its snapshot itself.
#include "store/sqlite_copy.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include "store/schema_plan.hpp"
#include "store/sqlite_handle.hpp"

namespace contactd::store {
namespace {

/// As many pages (4 MiB) are copied and put on the disk before the next: a disk that is given gigabytes at once lets
/// the service's small commits wait behind them.
constexpr int pages_at_once = 1'024;

class Target {
 public:
  explicit Target(const std::string& path) {
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    // A copy that was interrupted is thrown away: it needs no journal, and is put on the disk by us.
    if (sqlite3_open_v2(path.c_str(), &database_, flags, nullptr) != SQLITE_OK ||
        sqlite3_exec(database_, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-8192", nullptr,
                     nullptr, nullptr) != SQLITE_OK) {
      const std::string message = database_ == nullptr ? "out of memory" : sqlite3_errmsg(database_);
      sqlite3_close(database_);
      throw StoreError(StoreError::Kind::other, "cannot open " + path + ": " + message);
    }
  }
  ~Target() { sqlite3_close(database_); }
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;
  sqlite3* handle() const { return database_; }

 private:
  sqlite3* database_ = nullptr;
};

[[noreturn]] void fail(int code) {
  const StoreError::Kind kind = (code & 0xFF) == SQLITE_FULL      ? StoreError::Kind::full
                                : (code & 0xFF) == SQLITE_CORRUPT ? StoreError::Kind::damaged
                                                                  : StoreError::Kind::other;
  throw StoreError(kind, "copying: " + std::string(sqlite3_errstr(code)) + " (" + std::to_string(code) + ")");
}

class Copy {
 public:
  Copy(sqlite3* to, sqlite3* from) : copy_(sqlite3_backup_init(to, "main", from, "main")) {
    if (copy_ == nullptr) fail(sqlite3_errcode(to));
  }
  ~Copy() { sqlite3_backup_finish(copy_); }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;
  sqlite3_backup* handle() const { return copy_; }

 private:
  sqlite3_backup* copy_;
};

}  // namespace

void copy_snapshot(const SqliteOptions& from, const std::string& to, int to_file, PartsDone on_pages) {
  const auto source = open_sqlite_reader(from);
  source->begin_read();
  // This first read takes the snapshot.
  if (!has_object(source->objects(), columns_record)) throw SchemaMismatch(from.path + " is not a store of contactd");
  const Target target(to);
  const Copy copy(target.handle(), handle_of(*source));
  int code = SQLITE_OK;
  while (code == SQLITE_OK) {
    code = sqlite3_backup_step(copy.handle(), pages_at_once);
    const auto pages = static_cast<std::size_t>(sqlite3_backup_pagecount(copy.handle()));
    on_pages(pages - static_cast<std::size_t>(sqlite3_backup_remaining(copy.handle())), pages);
    if (::fdatasync(to_file) != 0) code = SQLITE_IOERR_FSYNC;
  }
  if (code != SQLITE_DONE) fail(code);
}

}  // namespace contactd::store
