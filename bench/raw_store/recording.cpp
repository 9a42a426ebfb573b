// The connection that notes writes.
#include "recording.hpp"

#include <algorithm>
#include <array>

namespace contactd::bench {
namespace {

constexpr std::array writing_words{std::string_view("INSERT "), std::string_view("UPDATE "),
                                   std::string_view("DELETE "), std::string_view("REPLACE ")};
constexpr std::array pragma_names{"page_size",          "journal_mode",  "foreign_keys", "cache_size", "temp_store",
                                  "wal_autocheckpoint", "secure_delete", "mmap_size",    "synchronous"};

KeptValue kept(const store::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* text = std::get_if<std::string_view>(&value)) return std::string(*text);
  return std::monostate{};
}

}  // namespace

bool is_write(std::string_view sql) {
  return std::any_of(writing_words.begin(), writing_words.end(),
                     [&](std::string_view word) { return sql.starts_with(word); });
}

std::int64_t RecordingConnection::run(std::string_view sql, std::span<const store::Value> values,
                                      store::RowVisitor visit) {
  // The writer runs each request in a savepoint; what it writes behind that belongs to the group.
  if (sql.starts_with("SAVEPOINT ")) inside_request_ = true;
  if (sql.starts_with("RELEASE ")) inside_request_ = false;
  // How much of a search table is merged depends on the group: the replay does that for its own.
  const bool is_merge = sql.find("('merge'") != std::string_view::npos;
  if (recording_.on && is_write(sql) && !is_merge) {
    Create& create = recording_.creates.back();
    Write& write = (inside_request_ ? create.own : create.of_group).emplace_back();
    write.statement = statement_of(sql);
    std::transform(values.begin(), values.end(), std::back_inserter(write.values), kept);
  }
  return ForwardingConnection::run(sql, values, visit);
}

void RecordingConnection::begin_write() {
  if (recording_.on) recording_.creates.emplace_back();
  ForwardingConnection::begin_write();
}

std::size_t RecordingConnection::statement_of(std::string_view sql) {
  const auto [known, is_new] = numbers_.try_emplace(std::string(sql), recording_.statements.size());
  if (is_new) recording_.statements.emplace_back(sql);
  return known->second;
}

void read_pragmas(store::Connection& connection, Recording& recording) {
  for (const char* name : pragma_names) {
    connection.run("PRAGMA " + std::string(name), {}, [&](const store::Row& row) {
      recording.pragmas.emplace_back(name, row.text(0));
      return false;
    });
  }
}

}  // namespace contactd::bench
