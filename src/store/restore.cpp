// Copying a backup beside the store, looking at it, and only then giving it the store's name.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "base/time.hpp"
#include "store/backup.hpp"
#include "store/durable_file.hpp"
#include "store/migrate.hpp"
#include "store/sqlite_check.hpp"

namespace contactd::store {
namespace {

namespace fs = std::filesystem;

/// What belongs to a store beside its file: the log, and the log's index.
constexpr std::string_view log_ending = "-wal", index_ending = "-shm";

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

class ReadFile {
 public:
  explicit ReadFile(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (file_ < 0) fail("cannot read " + path);
  }
  ~ReadFile() { ::close(file_); }
  ReadFile(const ReadFile&) = delete;
  ReadFile& operator=(const ReadFile&) = delete;
  int file() const { return file_; }

 private:
  int file_;
};

/// Copies all of one file to another, which is empty.
void copy_bytes(const std::string& from, const DurableFile& to, PartsDone on_bytes) {
  const ReadFile source(from);
  const auto size = static_cast<std::size_t>(fs::file_size(from));
  std::vector<char> buffer(1 << 20);
  for (std::size_t done = 0;;) {
    const auto got = ::read(source.file(), buffer.data(), buffer.size());
    if (got < 0) fail("cannot read " + from);
    if (got == 0) return;
    for (ssize_t written = 0; written < got;) {
      const auto some = ::write(to.file(), buffer.data() + written, static_cast<std::size_t>(got - written));
      if (some < 0) fail("cannot write " + to.temporary_path());
      written += some;
    }
    done += static_cast<std::size_t>(got);
    on_bytes(std::min(done, size), size);
  }
}

/// How the copy stands to this version. Throws SchemaMismatch when it is not to be restored, StoreError.
SchemaState state_of(const std::string& path, const std::string& called) {
  const auto connection = open_sqlite_reader({.path = path, .is_sealed = true});
  SchemaPlan plan = plan_schema(*connection, contact_store_tables());
  if (plan.state == SchemaState::absent) plan.state = SchemaState::foreign;
  refuse_stranger(plan, called);
  return plan.state;
}

/// Reads all of the copy. Throws when anything in it is wrong.
void verify(const std::string& path) {
  const auto connection = open_sqlite_reader({.path = path, .is_sealed = true});
  std::vector<std::string> findings = damage_of_file(*connection, 1);
  if (findings.empty()) findings = broken_references(*connection, 1);
  if (!findings.empty()) throw StoreError(StoreError::Kind::damaged, findings.front());
}

void refuse_what_is_no_backup(const std::string& file) {
  if (!fs::is_regular_file(file)) throw std::runtime_error("there is no file " + file);
  std::error_code none;
  if (fs::file_size(file + "-wal", none) > 0 && !none) {
    throw std::runtime_error(file + " has a log beside it (" + file +
                             "-wal), so that it is not whole by itself; make a copy with: contactd backup");
  }
}

/// A log that holds something is all that may be left of a store.
bool anything_is_there(const std::string& path) {
  std::error_code none;
  const auto log_bytes = fs::file_size(path + std::string(log_ending), none);
  return fs::exists(path) || (!none && log_bytes > 0);
}

/// SQLite makes them anew.
void remove_companions(const std::string& path) {
  for (const std::string_view companion : {log_ending, index_ending}) fs::remove(path + std::string(companion));
}

std::string aside_name(const std::string& path) {
  using namespace std::chrono;
  const Time now{duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()};
  std::string name = path + ".replaced-";
  for (const char c : format_time(now)) {
    if (c != '-' && c != ':') name += c;
  }
  return name;
}

/// Gives the store and its log a second name and takes away the first, so that at no moment any of it has none.
std::string set_aside(const std::string& path) {
  const std::string aside = aside_name(path);
  for (const std::string_view part : {std::string_view(), log_ending}) {
    const std::string from = path + std::string(part), to = aside + std::string(part);
    if (fs::exists(from) && ::link(from.c_str(), to.c_str()) != 0) fail("cannot keep " + from + " as " + to);
  }
  sync_folder_of(path);
  fs::remove(path);
  return aside;
}

}  // namespace

Restored restore(const std::string& file, const SqliteOptions& options, bool replace, PartsDone on_bytes) {
  refuse_what_is_no_backup(file);
  Restored restored;
  try {
    state_of(file, file);
    const fs::path folder = fs::path(options.path).parent_path();
    if (!folder.empty()) fs::create_directories(folder);
    const StoreLock lock(options.path);
    const bool is_occupied = anything_is_there(options.path);
    if (is_occupied && !replace) {
      throw std::runtime_error("there is a store " + options.path + " already; --replace keeps it under another name");
    }
    DurableFile copy(options.path, restoring_path(""));
    copy_bytes(file, copy, on_bytes);
    copy.sync();
    sync_folder_of(options.path);
    restored.is_older = state_of(copy.temporary_path(), file) == SchemaState::older;
    verify(copy.temporary_path());
    copy.keep();  // it is the only store there, should the next steps fail
    if (is_occupied) restored.kept_as = set_aside(options.path);
    remove_companions(options.path);
    sync_folder_of(options.path);
    copy.publish();
  } catch (const StoreError& error) {
    if (error.kind == StoreError::Kind::foreign) throw SchemaMismatch(file + " is not a store of contactd");
    const bool is_damaged = error.kind == StoreError::Kind::damaged;
    throw std::runtime_error((is_damaged ? file + " is damaged (" : "cannot read " + file + " (") + error.what() +
                             "); nothing was changed");
  }
  return restored;
}

}  // namespace contactd::store
