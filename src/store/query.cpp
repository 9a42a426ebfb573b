// Counting and paging. Which statement serves which filter and order is told in ARCHITECTURE.md.
#include "store/query.hpp"

#include <algorithm>
#include <functional>

namespace contactd::store {
namespace {

/// Rows that an I/O thread may skip for a page number.
constexpr std::size_t short_offset_max = 300;
/// So many rows may be fetched and sorted for one page; beyond it, walking the order meets enough that match.
constexpr std::int64_t few_rows_max = 20'000;

std::string place_in(Values& values, const Kept& value) {
  std::visit([&](const auto& held) { values.add(held); }, value);
  return "$" + std::to_string(values.size());
}

std::string place_in(Values& values, const std::string& value) {
  values.add(value);
  return "$" + std::to_string(values.size());
}

/// The rows of one label in its key, with every filter that the key answers.
std::string bearers_of(const std::string& tag, const ListQuery& query, const std::string& table, Values& values) {
  const std::string tags = tags_table(table);
  std::string where = tenant_wall(tags) + " AND " + tags + ".tag = " + place_in(values, tag);
  for (const Equality& equality : query.equalities) {
    where += " AND " + tags + "." + equality.column + " = " + place_in(values, equality.value);
  }
  if (query.id_from) where += " AND " + tags + ".id >= " + place_in(values, *query.id_from);
  if (query.id_to) where += " AND " + tags + ".id <= " + place_in(values, *query.id_to);
  return " FROM " + tags + " WHERE " + where;
}

/// Several labels are walked side by side, so that a row that bears two of them counts once.
std::int64_t count_by_tags(Session& session, const ListQuery& query, const std::string& table) {
  Values values = session.values();
  if (query.tags.size() == 1) {
    const std::string sql = "SELECT COUNT(*)" + bearers_of(query.tags.front(), query, table, values);
    return session.first_integer(sql, values).value_or(0);
  }
  std::string ids;
  for (const std::string& tag : query.tags) {
    ids += (ids.empty() ? "SELECT " : " UNION SELECT ") + tags_table(table) + ".id" +
           bearers_of(tag, query, table, values);
  }
  return session.first_integer("SELECT COUNT(*) FROM (" + ids + " ORDER BY 1) AS bearers", values).value_or(0);
}

std::string counts_sql(const ListQuery& query, const std::string& table, Values& values, const std::string& what) {
  const std::string counts = counts_table(table);
  std::string sql = "SELECT " + what + " FROM " + counts + " WHERE " + tenant_wall(counts);
  for (const Equality& equality : query.equalities) {
    values.add(std::get<std::string>(equality.value));
    sql += " AND " + counts + "." + equality.column + " = $" + std::to_string(values.size());
  }
  return sql;
}

}  // namespace

bool ListQuery::tags_answer() const {
  return !tags.empty() &&
         std::all_of(equalities.begin(), equalities.end(), [](const Equality& each) { return each.counted; });
}

bool ListQuery::walks_tags() const {
  return tags_answer() && order.empty();
}

bool ListQuery::sorts(std::int64_t count) const {
  if (count > few_rows_max) return false;
  return (!tags.empty() && !order.empty()) ||
         std::any_of(equalities.begin(), equalities.end(), [](const Equality& each) { return each.sorts; });
}

bool ListQuery::only_counted_filters() const {
  return words.empty() && tags.empty() && !id_from && !id_to &&
         std::all_of(equalities.begin(), equalities.end(), [](const Equality& each) { return each.counted; });
}

bool ListQuery::is_short() const {
  if (nothing) return true;
  if (!words.empty()) return false;
  return only_counted_filters() && offset <= short_offset_max && (equalities.empty() || (order.empty() && offset == 0));
}

Conditions::Conditions(const Dialect& dialect, Values values, const ListQuery& query, std::string table)
    : dialect_(dialect), table_(std::move(table)), text_(tenant_wall(table_)), values_(std::move(values)) {
  add_equalities(query);
  add_tags(query.tags);
  add_range(query);
}

void Conditions::add_equalities(const ListQuery& query) {
  for (const Equality& equality : query.equalities) {
    // The planner is not to sort a whole cell's rows where walking the order is meant.
    text_ += " AND " + std::string(equality.counted ? dialect_.off_index : "") + table_ + "." + equality.column +
             " = " + place_in(values_, equality.value);
  }
}

void Conditions::add_tags(const Tags& tags) {
  if (tags.empty()) return;
  const std::string table = tags_table(table_);
  std::string list;
  for (const std::string& tag : tags) list += (list.empty() ? "" : ", ") + place_in(values_, tag);
  text_ += " AND " + table_ + ".id IN (SELECT " + table + ".id FROM " + table + " WHERE " + tenant_wall(table) +
           " AND " + table + ".tag IN (" + list + "))";
}

void Conditions::add_range(const ListQuery& query) {
  if (query.id_from) text_ += " AND " + table_ + ".id >= " + place_in(values_, *query.id_from);
  if (query.id_to) text_ += " AND " + table_ + ".id <= " + place_in(values_, *query.id_to);
}

std::int64_t count_rows(Session& session, const ListQuery& query, const std::string& table) {
  if (query.nothing) return 0;
  if (!query.words.empty()) return count_found(session, query, table);
  if (query.only_counted_filters()) {
    Values values = session.values();
    const std::string sql = counts_sql(query, table, values, "COALESCE(SUM(total), 0)");
    return session.first_integer(sql, values).value_or(0);
  }
  if (query.tags_answer()) return count_by_tags(session, query, table);
  Conditions conditions(session.dialect(), session.values(), query, table);
  const std::string sql = "SELECT COUNT(*) FROM " + table + " WHERE " + conditions.text();
  return session.first_integer(sql, conditions.take_values()).value_or(0);
}

namespace {

using Cell = std::vector<std::string>;

std::vector<Cell> matching_cells(Session& session, const ListQuery& query, const std::string& table,
                                 const std::vector<std::string>& counted) {
  std::vector<Cell> cells;
  Values values = session.values();
  const std::string columns = joined(counted);
  const std::string sql =
      counts_sql(query, table, values, columns) +
      (session.dialect().counts_have_shards ? " GROUP BY " + columns + " HAVING SUM(total) > 0" : " AND total > 0");
  session.run(sql, values, [&](const Row& row) {
    Cell& cell = cells.emplace_back();
    for (std::size_t i = 0; i < counted.size(); ++i) cell.emplace_back(row.text(static_cast<int>(i)));
    return true;
  });
  return cells;
}

/// The first `limit` rows of one cell from the position on.
std::string cell_sql(const ListQuery& query, const std::string& table, const std::string& columns,
                     const std::vector<std::string>& counted, const Cell& cell, Values& values) {
  std::string sql = "SELECT " + columns + " FROM " + table + " WHERE " + tenant_wall(table);
  for (std::size_t i = 0; i < counted.size(); ++i) {
    sql += " AND " + table + "." + counted[i] + " = " + place_in(values, cell[i]);
  }
  if (query.after) {
    sql += " AND " + table + ".id " + (query.descending ? "< " : "> ") + place_in(values, query.after->id);
  }
  return sql + " ORDER BY " + table + ".id " + (query.descending ? "DESC" : "ASC") + " LIMIT " +
         place_in(values, Kept(static_cast<std::int64_t>(query.limit)));
}

}  // namespace

bool ListQuery::walks_cells() const {
  return !equalities.empty() && only_counted_filters() && order.empty() && offset == 0;
}

void visit_cells(Session& session, const ListQuery& query, const std::string& table, const CellQueries& queries,
                 RowVisitor visit) {
  const std::vector<Cell> cells = matching_cells(session, query, table, queries.counted);
  if (cells.size() == 1) {
    Values values = session.values();
    const std::string sql = cell_sql(query, table, queries.columns, queries.counted, cells.front(), values);
    session.run(sql, values, visit);
    return;
  }
  std::vector<std::string> ids;
  for (const Cell& cell : cells) {
    Values values = session.values();
    const std::string sql = cell_sql(query, table, table + ".id", queries.counted, cell, values);
    session.run(sql, values, [&](const Row& row) {
      ids.emplace_back(row.text(0));
      return true;
    });
  }
  if (query.descending) {
    std::sort(ids.begin(), ids.end(), std::greater<>());
  } else {
    std::sort(ids.begin(), ids.end());
  }
  if (ids.size() > query.limit) ids.resize(query.limit);
  session.run_by_id(queries.by_id, ids, visit);
}

std::string page_sql(const Dialect& dialect, const ListQuery& query, const std::string& table,
                     const std::string& columns, const Conditions& conditions, std::int64_t count, Values& values) {
  const auto place = [&](auto&& value) {
    values.add(value);
    return "$" + std::to_string(values.size());
  };
  const std::string direction = query.descending ? " DESC" : " ASC";
  const std::string compare = query.descending ? " < " : " > ";
  const std::string id = table + ".id";
  std::string where = conditions.text();
  // The planner is not to walk the order where few rows are to be sorted.
  const std::string hidden(query.sorts(count) ? dialect.off_index : "");
  const std::string by_value = query.order.empty() ? "" : hidden + query.order + direction + ", ";
  if (query.after && query.order.empty()) {
    where += " AND " + hidden + id + compare + place(query.after->id);
  } else if (query.after) {
    const std::string value = std::visit([&](const auto& held) { return place(held); }, query.after->value);
    where += " AND (" + query.order + ", " + id + ")" + compare + "(" + value + ", " + place(query.after->id) + ")";
  }
  std::string tail =
      " ORDER BY " + by_value + hidden + id + direction + " LIMIT " + place(static_cast<std::int64_t>(query.limit));
  if (query.offset == 0) return "SELECT " + columns + " FROM " + table + " WHERE " + where + tail;
  // The rows that are skipped are skipped in the index; only the page's own are fetched.
  tail += " OFFSET " + place(static_cast<std::int64_t>(query.offset));
  return "SELECT " + columns + " FROM " + table + " WHERE " + tenant_wall(table) + " AND " + table + ".id IN (SELECT " +
         id + " FROM " + table + " WHERE " + where + tail + ") ORDER BY " + by_value + table + ".id" + direction;
}

std::string tagged_page_sql(const ListQuery& query, const std::string& table, const std::string& columns,
                            Values& values) {
  const std::string tags = tags_table(table);
  const std::string direction = query.descending ? " DESC" : " ASC";
  const auto wanted = static_cast<std::int64_t>(query.offset + query.limit);
  std::string ids;
  for (const std::string& tag : query.tags) {
    std::string walk = "SELECT " + tags + ".id" + bearers_of(tag, query, table, values);
    if (query.after) {
      walk += " AND " + tags + ".id" + (query.descending ? " < " : " > ") + place_in(values, query.after->id);
    }
    walk += " ORDER BY " + tags + ".id" + direction + " LIMIT " + place_in(values, Kept(wanted));
    ids += (ids.empty() ? "SELECT id FROM (" : " UNION SELECT id FROM (") + walk + ") AS walked";
  }
  ids += " ORDER BY 1" + direction + " LIMIT " + place_in(values, Kept(static_cast<std::int64_t>(query.limit)));
  ids += " OFFSET " + place_in(values, Kept(static_cast<std::int64_t>(query.offset)));
  return "SELECT " + columns + " FROM " + table + " WHERE " + tenant_wall(table) + " AND " + table + ".id IN (" + ids +
         ") ORDER BY " + table + ".id" + direction;
}

}  // namespace contactd::store
