// The statements that read a history.
#include "store/history_query.hpp"

namespace contactd::store {

HistoryEntries::HistoryEntries(Session& session, const std::string& contact_id, ListQuery& query)
    : session_(session), query_(query) {
  query.equalities.push_back({"contact_id", contact_id});
  Conditions conditions(session.values(), query, "history");
  values_ = conditions.take_values();
  where_ = " FROM history WHERE " + conditions.text();
  for (const std::string& word : query.words) add_word(word);
}

std::int64_t HistoryEntries::count() {
  return session_.first_integer("SELECT COUNT(*)" + where_, values_).value_or(0);
}

std::vector<HistoryEntry> HistoryEntries::page() {
  std::string sql = "SELECT id, at, made_by, request_id, action, resource, resource_id, changes" + where_;
  if (query_.after) {
    sql += std::string(" AND history.id ") + (query_.descending ? "< " : "> ") + place(query_.after->id);
  }
  sql += std::string(" ORDER BY history.id ") + (query_.descending ? "DESC" : "ASC");
  sql += " LIMIT " + place(static_cast<std::int64_t>(query_.limit));
  sql += " OFFSET " + place(static_cast<std::int64_t>(query_.offset));
  std::vector<HistoryEntry> entries;
  session_.run(sql, values_, [&](const Row& row) {
    HistoryEntry& entry = entries.emplace_back();
    Columns columns(row);
    columns.take(entry.id);
    columns.take(entry.at);
    for (std::string* text :
         {&entry.made_by, &entry.request_id, &entry.action, &entry.resource, &entry.resource_id, &entry.changes}) {
      columns.take(*text);
    }
    return true;
  });
  return entries;
}

/// In who did it, what it was done to, or a value before or after.
void HistoryEntries::add_word(const std::string& word) {
  const std::string name = place(word);
  where_ += " AND (";
  for (const char* column : {"made_by", "request_id", "resource_id"}) {
    where_ += std::string("instr(folded(history.") + column + "), " + name + ") > 0 OR ";
  }
  where_ +=
      "EXISTS (SELECT 1 FROM json_tree(history.changes) AS part WHERE part.atom IS NOT NULL AND part.key <> 'field' "
      "AND instr(folded(part.atom), " +
      name + ") > 0))";
}

}  // namespace contactd::store
