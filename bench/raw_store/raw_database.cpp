// Opening a database, binding values and stepping statements.
#include "raw_database.hpp"

#include <stdexcept>

#include "store/sqlite.hpp"
#include "store/sqlite_trigrams.hpp"

namespace contactd::bench {

RawDatabase::RawDatabase(const std::string& path, const Recording& recording) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  database_.reset(opened);
  if (code != SQLITE_OK) fail("open " + path);
  for (const auto& [name, value] : recording.pragmas) execute("PRAGMA " + name + "=" + value);
  if (!store::add_trigrams_tokenizer(opened)) fail("add the tokenizer");
  sqlite3_wal_hook(
      opened,
      [](void* self, sqlite3*, const char*, int pages) {
        static_cast<RawDatabase*>(self)->log_pages_ = pages;
        return SQLITE_OK;
      },
      this);
  begin_ = prepare("BEGIN IMMEDIATE");
  commit_ = prepare("COMMIT");
  for (const std::string& sql : recording.statements) {
    Prepared& prepared = writes_.emplace_back();
    prepared.statement = prepare(sql);
    if (sqlite3_stmt_readonly(prepared.statement.get()) != 0) throw std::runtime_error("this writes nothing: " + sql);
    const int places = sqlite3_bind_parameter_count(prepared.statement.get());
    for (int number = 1; number <= places; ++number) {
      const std::string name = "$" + std::to_string(number);
      prepared.positions.push_back(sqlite3_bind_parameter_index(prepared.statement.get(), name.c_str()));
    }
  }
}

void RawDatabase::write(const Write& write) {
  const Prepared& prepared = writes_[write.statement];
  sqlite3_stmt* const statement = prepared.statement.get();
  for (std::size_t i = 0; i < write.values.size(); ++i) {
    const int position = prepared.positions.at(i);
    int code = SQLITE_OK;
    if (const auto* number = std::get_if<std::int64_t>(&write.values[i])) {
      code = sqlite3_bind_int64(statement, position, *number);
    } else if (const auto* text = std::get_if<std::string>(&write.values[i])) {
      code = sqlite3_bind_text64(statement, position, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    } else {
      code = sqlite3_bind_null(statement, position);
    }
    if (code != SQLITE_OK) fail("bind");
  }
  step(statement);
}

void RawDatabase::checkpoint_if_due() {
  if (log_pages_ < store::SqliteOptions{}.busy_checkpoint_pages) return;
  int pages = 0, moved = 0;
  if (sqlite3_wal_checkpoint_v2(database_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved) != SQLITE_OK) {
    fail("checkpoint");
  }
  if (pages == moved) log_pages_ = 0;
}

std::int64_t RawDatabase::count(const std::string& sql) {
  const Statement statement = prepare(sql);
  if (sqlite3_step(statement.get()) != SQLITE_ROW) fail(sql);
  return sqlite3_column_int64(statement.get(), 0);
}

void RawDatabase::execute(const std::string& sql) {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
}

void RawDatabase::fail(const std::string& doing) const {
  throw std::runtime_error(doing + ": " + (database_ ? sqlite3_errmsg(database_.get()) : "out of memory"));
}

RawDatabase::Statement RawDatabase::prepare(const std::string& sql) const {
  sqlite3_stmt* statement = nullptr;
  const int size = static_cast<int>(sql.size());
  if (sqlite3_prepare_v3(database_.get(), sql.data(), size, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) !=
      SQLITE_OK) {
    fail(sql);
  }
  return Statement(statement);
}

void RawDatabase::step(sqlite3_stmt* statement) const {
  const int code = sqlite3_step(statement);
  if (code != SQLITE_DONE) fail(sqlite3_sql(statement));
  sqlite3_reset(statement);
}

}  // namespace contactd::bench
