// What is kept beside the rows and follows every write: exact counts and labels. The repository calls it, nobody else.
#pragma once

#include <algorithm>

#include "store/schema.hpp"
#include "store/session.hpp"

namespace contactd::store {

template <class T>
void add_counted_values(Values& values, const T& value) {
  for_each_field<T>([&](const auto& each) {
    if (each.traits.counted) values.add(value.*each.member);
  });
}

template <class T>
Values counted_values(Session& session, const T& value) {
  Values values = session.values();
  add_counted_values(values, value);
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

/// Adds to this connection's part of a count: `$1` tenant, `$2` … the counted fields, then the part and what is added.
template <class T>
const std::string& count_in_shard_sql() {
  static const std::string sql = [] {
    const std::string table = counts_table(table_of<T>());
    std::string columns, places;
    int next = 2;
    for (const std::string& column : counted_columns<T>()) {
      columns += ", " + column;
      places += ", $" + std::to_string(next++);
    }
    places += ", $" + std::to_string(next) + ", $" + std::to_string(next + 1);
    return "INSERT INTO " + table + " (tenant_id" + columns + ", shard, total) VALUES ($1" + places +
           ") ON CONFLICT (tenant_id" + columns + ", shard) DO UPDATE SET total = " + table + ".total + EXCLUDED.total";
  }();
  return sql;
}

/// One more or one less (`step`) in the cell of a row.
template <class T>
void count(WriteSession& session, const T& value, std::int64_t step) {
  Values values = counted_values(session, value);
  if (session.dialect().counts_have_shards) {
    session.run(count_in_shard_sql<T>(), values.add(session.shard()).add(step));
  } else {
    session.run(step > 0 ? count_up_sql<T>() : count_down_sql<T>(), values);
  }
}

/// An order of cells, in which everybody who changes two takes them: nobody waits in a circle.
template <class T>
bool is_cell_before(Session& session, const T& left, const T& right) {
  const Values one = counted_values(session, left), other = counted_values(session, right);
  return std::lexicographical_compare(one.span().begin(), one.span().end(), other.span().begin(), other.span().end());
}

/// Counts follow a row that came (no `before`), went (no `after`), or moved to another cell.
template <class T>
void keep_counts(WriteSession& session, const T* before, const T* after) {
  if (before != nullptr && after != nullptr && same_cell(*before, *after)) return;
  const bool after_first = before != nullptr && after != nullptr && is_cell_before(session, *after, *before);
  if (after_first) count(session, *after, 1);
  if (before != nullptr) count(session, *before, -1);
  if (after != nullptr && !after_first) count(session, *after, 1);
}

template <class T>
const Tags& tags_of(const T* value) {
  static const Tags none;
  if (value == nullptr) return none;
  const std::optional<Tags>& tags = value->tags;
  return tags ? *tags : none;
}

/// `$1` tenant, `$2` label, `$3` id, then the counted fields.
template <class T>
const std::string& add_tag_sql() {
  static const std::string sql = [] {
    std::string columns, places;
    for (std::size_t i = 0; i < counted_columns<T>().size(); ++i) {
      columns += ", " + counted_columns<T>()[i];
      places += ", $" + std::to_string(i + 4);
    }
    return "INSERT INTO " + tags_table(table_of<T>()) + " (tenant_id, tag, id" + columns + ") VALUES ($1, $2, $3" +
           places + ")";
  }();
  return sql;
}

/// `$1` tenant, `$2` label, `$3` id.
template <class T>
const std::string& remove_tag_sql() {
  static const std::string sql = [] {
    const std::string table = tags_table(table_of<T>());
    return "DELETE FROM " + table + " WHERE " + tenant_wall(table) + " AND " + table + ".tag = $2 AND " + table +
           ".id = $3";
  }();
  return sql;
}

inline bool contains(const Tags& tags, const std::string& tag) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

/// Labels follow a row: those that went are removed, those that came are added, and all move with the row's cell.
template <class T>
void keep_tags(WriteSession& session, const T* before, const T* after) {
  if constexpr (has_tags<T>()) {
    const bool moved = before != nullptr && after != nullptr && !same_cell(*before, *after);
    for (const std::string& tag : tags_of(before)) {
      if (!moved && contains(tags_of(after), tag)) continue;
      session.run(remove_tag_sql<T>(), session.values().add(tag).add(before->audit.id));
    }
    for (const std::string& tag : tags_of(after)) {
      if (!moved && contains(tags_of(before), tag)) continue;
      Values values = session.values();
      values.add(tag).add(after->audit.id);
      add_counted_values(values, *after);
      session.run(add_tag_sql<T>(), values);
    }
  }
}

}  // namespace contactd::store
