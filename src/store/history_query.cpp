// The statements that read a history.
#include "store/history_query.hpp"

#include <algorithm>

#include "base/fold_case.hpp"
#include "resource/json_document.hpp"

namespace contactd::store {
namespace {

const std::string columns = "SELECT id, at, made_by, request_id, action, resource, resource_id, changes";

bool has_word(std::string_view text, const std::string& word) {
  std::string folded;
  append_folded(folded, text);
  return folded.find(word) != std::string::npos;
}

/// In a text, a number as it was written, true or false; of an object, in what it holds and not in its names.
bool has_word(const resource::JsonValue& value, const std::string& word) {
  switch (value.kind()) {
    case resource::JsonKind::null:
      return false;
    case resource::JsonKind::array:
    case resource::JsonKind::object:
      for (const auto part : value) {
        if (has_word(part, word)) return true;
      }
      return false;
    default:
      return has_word(value.text(), word);
  }
}

/// In the value before or after, and not in the name of the field.
bool change_has_word(const resource::JsonValue& change, const std::string& word) {
  for (const auto part : change) {
    if (part.key() != "field" && has_word(part, word)) return true;
  }
  return false;
}

bool has_word(const HistoryEntry& entry, const std::string& word) {
  if (has_word(entry.made_by, word) || has_word(entry.request_id, word) || has_word(entry.resource_id, word)) {
    return true;
  }
  const auto parsed = resource::JsonDocument::parse(entry.changes);
  const auto* changes = std::get_if<resource::JsonDocument>(&parsed);
  if (changes == nullptr) return false;
  for (const auto change : changes->root()) {
    if (change_has_word(change, word)) return true;
  }
  return false;
}

/// Those that have all the words.
std::vector<HistoryEntry> matching(std::vector<HistoryEntry> entries, const std::vector<std::string>& words) {
  std::erase_if(entries, [&](const HistoryEntry& entry) {
    return !std::all_of(words.begin(), words.end(), [&](const std::string& word) { return has_word(entry, word); });
  });
  return entries;
}

}  // namespace

HistoryEntries::HistoryEntries(Session& session, const std::string& contact_id, ListQuery& query)
    : session_(session), query_(query) {
  query.equalities.push_back({"contact_id", contact_id});
  Conditions conditions(session.dialect(), session.values(), query, "history");
  values_ = conditions.take_values();
  where_ = " FROM history WHERE " + conditions.text();
}

std::int64_t HistoryEntries::count() {
  if (!query_.words.empty())
    return static_cast<std::int64_t>(matching(entries(columns + where_, values_), query_.words).size());
  return session_.first_integer("SELECT COUNT(*)" + where_, values_).value_or(0);
}

std::vector<HistoryEntry> HistoryEntries::page() {
  std::string sql = columns + where_;
  if (query_.after) {
    sql += std::string(" AND history.id ") + (query_.descending ? "< " : "> ") + place(query_.after->id);
  }
  sql += std::string(" ORDER BY history.id ") + (query_.descending ? "DESC" : "ASC");
  if (!query_.words.empty()) {
    const std::vector<HistoryEntry> all = matching(entries(sql, values_), query_.words);
    const std::size_t begin = std::min(query_.offset, all.size());
    const std::size_t end = std::min(begin + query_.limit, all.size());
    return {all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end)};
  }
  sql += " LIMIT " + place(static_cast<std::int64_t>(query_.limit));
  sql += " OFFSET " + place(static_cast<std::int64_t>(query_.offset));
  return entries(sql, values_);
}

std::vector<HistoryEntry> HistoryEntries::entries(const std::string& sql, const Values& values) {
  std::vector<HistoryEntry> entries;
  session_.run(sql, values, [&](const Row& row) {
    HistoryEntry& entry = entries.emplace_back();
    Columns taken(row);
    taken.take(entry.id);
    taken.take(entry.at);
    for (std::string* text :
         {&entry.made_by, &entry.request_id, &entry.action, &entry.resource, &entry.resource_id, &entry.changes}) {
      taken.take(*text);
    }
    return true;
  });
  return entries;
}

}  // namespace contactd::store
