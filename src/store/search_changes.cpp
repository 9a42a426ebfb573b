// A table without content forgets a row only when it is told the row's old text.
#include "store/search_changes.hpp"

#include "store/search_text.hpp"
#include "store/sqlite_search.hpp"

namespace contactd::store {
namespace {

void write_text(Connection& connection, const std::string& sql, std::int64_t place, const std::string& words) {
  if (words.empty()) return;
  const std::string text = marked_text(place, words);
  const Value values[] = {place, std::string_view(text)};
  connection.run(sql, values);
}

}  // namespace

void SearchChanges::add(const std::string& table, std::int64_t place, std::string before, std::string after) {
  const auto [known, is_new] = changes_[table].try_emplace(place);
  if (is_new) known->second.before = std::move(before);
  known->second.after = std::move(after);
}

void note_text(WriteSession& session, SearchedText text) {
  if (!text.place) {
    const std::string sql = "SELECT " + text.table + ".place FROM " + text.table + " WHERE " + tenant_wall(text.table) +
                            " AND " + text.table + ".id = $2";
    text.place = session.first_integer(sql, session.values().add(text.id));
  }
  session.search_changes().add(text.table, text.place.value(), std::move(text.before), std::move(text.after));
}

void SearchChanges::join(SearchChanges later) {
  for (auto& [table, rows] : later.changes_) {
    for (auto& [place, texts] : rows) add(table, place, std::move(texts.before), std::move(texts.after));
  }
}

void SearchChanges::write(Connection& connection) {
  for (const auto& [table, rows] : changes_) {
    const std::string name = search_table(table);
    const std::string insert = "INSERT INTO " + name + " (rowid, words) VALUES ($1, $2)";
    const std::string remove = "INSERT INTO " + name + " (" + name + ", rowid, words) VALUES ('delete', $1, $2)";
    for (const auto& [place, texts] : rows) {
      if (texts.before == texts.after) continue;
      write_text(connection, remove, place, texts.before);
      write_text(connection, insert, place, texts.after);
    }
    const Value pages[] = {merged_pages(rows.size())};
    connection.run("INSERT INTO " + name + " (" + name + ", rank) VALUES ('merge', $1)", pages);
  }
  changes_.clear();
}

}  // namespace contactd::store
