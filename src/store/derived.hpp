// What is kept beside the rows and follows every write: exact counts and labels. The repository calls it, nobody else.
#pragma once

#include <algorithm>

#include "store/schema.hpp"
#include "store/session.hpp"

namespace contactd::store {

template <class T>
Values counted_values(Session& session, const T& value) {
  Values values = session.values();
  for_each_field<T>([&](const auto& each) {
    if (each.traits.counted) values.add(value.*each.member);
  });
  return values;
}

/// `$1` tenant, `$2` … the counted fields.
template <class T>
const std::string& count_up_sql() {
  static const std::string sql = [] {
    const std::string table = counts_table(table_of<T>());
    std::string columns, places;
    for (std::size_t i = 0; i < counted_columns<T>().size(); ++i) {
      columns += ", " + counted_columns<T>()[i];
      places += ", $" + std::to_string(i + 2);
    }
    return "INSERT INTO " + table + " (tenant_id" + columns + ", total) VALUES ($1" + places +
           ", 1) ON CONFLICT (tenant_id" + columns + ") DO UPDATE SET total = " + table + ".total + 1";
  }();
  return sql;
}

template <class T>
const std::string& count_down_sql() {
  static const std::string sql = [] {
    const std::string table = counts_table(table_of<T>());
    std::string text = "UPDATE " + table + " SET total = " + table + ".total - 1 WHERE " + tenant_wall(table);
    for (std::size_t i = 0; i < counted_columns<T>().size(); ++i) {
      text += " AND " + table + "." + counted_columns<T>()[i] + " = $" + std::to_string(i + 2);
    }
    return text;
  }();
  return sql;
}

template <class T>
bool same_cell(const T& left, const T& right) {
  bool same = true;
  for_each_field<T>([&](const auto& each) {
    if (each.traits.counted) same = same && left.*each.member == right.*each.member;
  });
  return same;
}

/// Counts follow a row that came (no `before`), went (no `after`), or moved to another cell.
template <class T>
void keep_counts(WriteSession& session, const T* before, const T* after) {
  if (before != nullptr && after != nullptr && same_cell(*before, *after)) return;
  if (before != nullptr) session.run(count_down_sql<T>(), counted_values(session, *before));
  if (after != nullptr) session.run(count_up_sql<T>(), counted_values(session, *after));
}

template <class T>
const Tags& tags_of(const T* value) {
  static const Tags none;
  if (value == nullptr) return none;
  const std::optional<Tags>& tags = value->tags;
  return tags ? *tags : none;
}

/// Labels follow a row: those that went are removed, those that came are added.
template <class T>
void keep_tags(WriteSession& session, const T* before, const T* after) {
  if constexpr (has_tags<T>()) {
    const std::string table = tags_table(table_of<T>());
    static const std::string remove = "DELETE FROM " + table + " WHERE " + tenant_wall(table) + " AND " + table +
                                      ".tag = $2 AND " + table + ".id = $3";
    static const std::string insert = "INSERT INTO " + table + " (tenant_id, tag, id) VALUES ($1, $2, $3)";
    const std::string& id = (after != nullptr ? after : before)->audit.id;
    const auto run_missing = [&](const std::string& sql, const Tags& from, const Tags& in) {
      for (const std::string& tag : from) {
        if (std::find(in.begin(), in.end(), tag) != in.end()) continue;
        session.run(sql, session.values().add(tag).add(id));
      }
    };
    run_missing(remove, tags_of(before), tags_of(after));
    run_missing(insert, tags_of(after), tags_of(before));
  }
}

}  // namespace contactd::store
