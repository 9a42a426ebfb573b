// The Connection of SQLite: prepared statements by their text, errors by what they mean.
#include "store/sqlite.hpp"

#include <sqlite3.h>

#include <cstring>
#include <unordered_map>
#include <vector>

#include "store/dialect.hpp"
#include "store/sqlite_handle.hpp"
#include "store/sqlite_trigrams.hpp"

namespace contactd::store {
namespace {

StoreError::Kind kind_of(int extended_code) {
  switch (extended_code) {
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
      return StoreError::Kind::lost;
    case SQLITE_IOERR_SHMSIZE:
    case SQLITE_IOERR_SHMOPEN:
      return StoreError::Kind::full;
    default:
      break;
  }
  switch (extended_code & 0xFF) {
    case SQLITE_FULL:
      return StoreError::Kind::full;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return StoreError::Kind::busy;
    case SQLITE_CONSTRAINT:
      return StoreError::Kind::conflict;
    case SQLITE_CORRUPT:
      return StoreError::Kind::damaged;
    case SQLITE_NOTADB:
      return StoreError::Kind::foreign;
    default:
      return StoreError::Kind::other;
  }
}

[[noreturn]] void fail(sqlite3* database, std::string_view doing) {
  const int code = sqlite3_extended_errcode(database);
  throw StoreError(kind_of(code),
                   std::string(doing) + ": " + sqlite3_errmsg(database) + " (" + std::to_string(code) + ")");
}

struct Statement {
  sqlite3_stmt* handle = nullptr;
  std::vector<int> positions;  // of $1, $2 …; 0 where the text lacks one
  Statement() = default;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(handle); }
};

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  std::string_view text(int column) const override {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes == nullptr
               ? std::string_view{}
               : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }

 private:
  sqlite3_stmt* statement_;
};

/// Of a statement's text: its length and a few words spread over it. Texts are long and are looked up for every run;
/// the whole of it is compared when it was found.
struct HashOfSample {
  std::size_t operator()(std::string_view text) const {
    constexpr std::size_t words = 8, word_bytes = sizeof(std::uint64_t);
    std::uint64_t hash = text.size();
    if (text.size() < words * word_bytes) return std::hash<std::string_view>{}(text);
    for (std::size_t i = 0; i < words; ++i) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + (text.size() - word_bytes) * i / (words - 1), word_bytes);
      hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
      hash ^= hash >> 32;
    }
    return hash;
  }
};

/// Leaves a statement ready for its next run, however this one ends.
struct Reset {
  sqlite3_stmt* statement;
  ~Reset() { sqlite3_reset(statement); }
};

/// The name under which SQLite looks for no log beside a file, and makes none.
std::string sealed_name(const std::string& path) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string name = "file:";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '?' || c == '#' || c == '%') {
      ((name += '%') += digits[byte >> 4]) += digits[byte & 15];
    } else {
      name += c;
    }
  }
  return name + "?immutable=1";
}

/// Without its statistics SQLite takes no lock that all connections share for each piece of memory.
void leave_out_statistics() {
  [[maybe_unused]] static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(const SqliteOptions& options, bool writer) : SqliteConnection(options) {
    leave_out_statistics();
    const int access = options.is_sealed ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE;
    const int flags = access | SQLITE_OPEN_NOMUTEX | (writer ? SQLITE_OPEN_CREATE : 0);
    const char* vfs = options.vfs.empty() ? nullptr : options.vfs.c_str();
    const std::string name = options.is_sealed ? sealed_name(options.path) : options.path;
    if (sqlite3_open_v2(name.c_str(), &database_, flags, vfs) != SQLITE_OK) {
      const std::string message = database_ == nullptr ? "out of memory" : sqlite3_errmsg(database_);
      throw StoreError(StoreError::Kind::other, "cannot open " + options.path + ": " + message);
    }
    sqlite3_extended_result_codes(database_, 1);
    sqlite3_busy_timeout(database_, 5'000);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, writer ? 0 : 1, nullptr);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    run_script(writer ? "PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA cache_size=-65536;"
                      : "PRAGMA query_only=ON; PRAGMA cache_size=-16384; PRAGMA mmap_size=1099511627776;");
    // temp_store: what a savepoint may have to give back, and what is sorted, would else go to a file in the folder for
    // temporary files: contacts' data, and a second disk that can be full.
    run_script("PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY");
    run_script(options.references_at_commit ? "PRAGMA foreign_keys=OFF" : "PRAGMA foreign_keys=ON");
    if (!add_trigrams_tokenizer(database_)) throw StoreError(StoreError::Kind::other, "this SQLite has no FTS5");
    run_script(options.synchronous ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
  }
  ~SqliteConnection() override {
    statements_.clear();
    sqlite3_close(database_);
  }

  std::int64_t run(std::string_view sql, std::span<const Value> values, RowVisitor visit) override {
    const Statement& statement = prepared(sql);
    const Reset reset{statement.handle};
    bind(statement, values);
    const SqliteRow row(statement.handle);
    int code = sqlite3_step(statement.handle);
    while (code == SQLITE_ROW && visit(row)) code = sqlite3_step(statement.handle);
    if (code != SQLITE_DONE && code != SQLITE_ROW) fail(database_, sql);
    return sqlite3_changes64(database_);
  }

  void run_script(const std::string& sql) override {
    if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(database_, sql);
  }

  void begin_read() override { Connection::run("BEGIN"); }
  void begin_write() override { Connection::run("BEGIN IMMEDIATE"); }
  void commit() override {
    if (options_.references_at_commit) check_references();
    Connection::run("COMMIT");
  }
  void rollback() override {
    if (in_transaction()) Connection::run("ROLLBACK");
  }
  bool in_transaction() const override { return sqlite3_get_autocommit(database_) == 0; }
  std::vector<std::string> objects() override {
    std::vector<std::string> names;
    run("SELECT name FROM sqlite_master WHERE type IN ('table', 'index') AND name NOT LIKE 'sqlite^_%' ESCAPE '^'", {},
        [&](const Row& row) {
          names.emplace_back(row.text(0));
          return true;
        });
    return names;
  }

  void checkpoint_if_due(bool busy) override {
    const std::int64_t limit = busy ? options_.busy_checkpoint_pages : options_.checkpoint_pages;
    if (log_pages_ - moved_pages_ < limit) return;
    int pages = 0, moved = 0;
    const int code = sqlite3_wal_checkpoint_v2(database_, nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
    if (code == SQLITE_BUSY) return;
    if (code != SQLITE_OK) fail(database_, "checkpoint");
    moved_pages_ = moved;
  }

  sqlite3* handle() const { return database_; }
  const Dialect& dialect() const override { return sqlite_dialect(); }

  void watch_log() {
    sqlite3_wal_hook(
        database_,
        [](void* self, sqlite3*, const char*, int pages) {
          static_cast<SqliteConnection*>(self)->log_has(pages);
          return SQLITE_OK;
        },
        this);
  }

 private:
  /// Complete before anything can fail, so that the destructor closes what was opened.
  explicit SqliteConnection(const SqliteOptions& options) : options_(options) {}

  /// Each commit makes the log longer: one that is not has begun anew. (One that began anew with more pages than it had
  /// is taken for a longer one: those that were moved before are then missing in what is due, until the next time.)
  void log_has(std::int64_t pages) {
    if (pages <= log_pages_) moved_pages_ = 0;
    log_pages_ = pages;
  }

  void check_references() {
    run("PRAGMA foreign_key_check", {}, [](const Row& row) -> bool {
      throw StoreError(StoreError::Kind::conflict, "a row of " + std::string(row.text(0)) + " refers to one of " +
                                                       std::string(row.text(2)) + " that is not there");
    });
  }

  const Statement& prepared(std::string_view sql) {
    if (const auto found = statements_.find(sql); found != statements_.end()) return *found->second.statement;
    // Those that run, of whose rows one is just being visited, stay.
    if (statements_.size() >= statements_max) {
      std::erase_if(statements_, [](const auto& kept) { return !sqlite3_stmt_busy(kept.second.statement->handle); });
    }
    auto statement = std::make_unique<Statement>();
    if (sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &statement->handle, nullptr) != SQLITE_OK) {
      fail(database_, sql);
    }
    // `$7` is a name to SQLite: its position is the order of first appearance.
    const int places = sqlite3_bind_parameter_count(statement->handle);
    for (int number = 1; number <= places; ++number) {
      const std::string name = "$" + std::to_string(number);
      statement->positions.push_back(sqlite3_bind_parameter_index(statement->handle, name.c_str()));
    }
    auto text = std::make_unique<std::string>(sql);
    const std::string_view key = *text;
    return *statements_.emplace(key, Kept{std::move(text), std::move(statement)}).first->second.statement;
  }

  void bind(const Statement& statement, std::span<const Value> values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const int position = i < statement.positions.size() ? statement.positions[i] : 0;
      if (position == 0) throw StoreError(StoreError::Kind::other, "a statement has no place for a value");
      int code = SQLITE_OK;
      if (const auto* number = std::get_if<std::int64_t>(&values[i])) {
        code = sqlite3_bind_int64(statement.handle, position, *number);
      } else if (const auto* text = std::get_if<std::string_view>(&values[i])) {
        code = sqlite3_bind_text64(statement.handle, position, text->data() == nullptr ? "" : text->data(),
                                   text->size(), SQLITE_STATIC, SQLITE_UTF8);
      } else {
        code = sqlite3_bind_null(statement.handle, position);
      }
      if (code != SQLITE_OK) fail(database_, "bind");
    }
  }

  static constexpr std::size_t statements_max = 500;
  struct Kept {
    std::unique_ptr<std::string> text;  // the key's bytes
    std::unique_ptr<Statement> statement;
  };
  SqliteOptions options_;
  sqlite3* database_ = nullptr;
  std::unordered_map<std::string_view, Kept, HashOfSample> statements_;
  std::int64_t log_pages_ = 0;    // all of it
  std::int64_t moved_pages_ = 0;  // of those; they stay in the log as long as a reader's snapshot needs it
};

}  // namespace

sqlite3* handle_of(Connection& connection) {
  return dynamic_cast<SqliteConnection&>(connection).handle();
}

std::unique_ptr<Connection> open_sqlite_writer(const SqliteOptions& options) {
  auto connection = std::make_unique<SqliteConnection>(options, true);
  connection->watch_log();
  return connection;
}

std::unique_ptr<Connection> open_sqlite_reader(const SqliteOptions& options) {
  return std::make_unique<SqliteConnection>(options, false);
}

}  // namespace contactd::store
