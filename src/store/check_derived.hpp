// Checks of what is kept beside the rows of a resource, against the rows. Every statement is of one tenant.
#pragma once

#include "store/derived.hpp"
#include "store/findings.hpp"
#include "store/rebuild.hpp"

namespace contactd::store {

/// `left.a = right.a AND …` for the counted columns, which begin with `AND` when there are any.
template <class T>
std::string same_cell_sql(const std::string& left, const std::string& right) {
  std::string sql;
  for (const std::string& column : counted_columns<T>()) {
    sql += " AND " + left + "." + column + " = " + right + "." + column;
  }
  return sql;
}

/// The cells whose kept count is not what the rows give: $1 tenant. Kept, counted.
template <class T>
std::string wrong_counts_sql() {
  const std::string table = table_of<T>(), keys = joined(counted_columns<T>());
  const std::string counted = "(SELECT " + (keys.empty() ? "" : keys + ", ") + "COUNT(*) AS total FROM " + table +
                              " WHERE " + tenant_wall(table) + (keys.empty() ? "" : " GROUP BY " + keys) +
                              ") AS counted";
  return "SELECT COALESCE(kept.total, 0), counted.total FROM " + counted + " LEFT JOIN " + counts_table(table) +
         " AS kept ON " + tenant_wall("kept") + same_cell_sql<T>("kept", "counted") +
         " WHERE COALESCE(kept.total, 0) <> counted.total";
}

/// The kept counts of cells that have no row: $1 tenant.
template <class T>
std::string counts_of_nothing_sql() {
  const std::string table = table_of<T>();
  return "SELECT kept.total, 0 FROM " + counts_table(table) + " AS kept WHERE " + tenant_wall("kept") +
         " AND kept.total <> 0 AND NOT EXISTS (SELECT 1 FROM " + table + " WHERE " + tenant_wall(table) +
         same_cell_sql<T>(table, "kept") + ")";
}

template <class T>
void check_counters(Connection& connection, std::int64_t tenant, Findings& findings) {
  static const std::string statements[] = {wrong_counts_sql<T>(), counts_of_nothing_sql<T>()};
  const std::string table = counts_table(table_of<T>());
  const Value values[] = {tenant};
  // Without counted fields there is one cell, and the first statement has seen it.
  for (std::size_t i = 0; i < (counted_columns<T>().empty() ? 1U : 2U); ++i) {
    connection.run(statements[i], values, [&](const Row& row) {
      findings.add(Part::counters, table,
                   "a count of tenant " + std::to_string(tenant) + " says " + std::to_string(row.integer(0)) +
                       ", there are " + std::to_string(row.integer(1)));
      return !findings.enough(Part::counters, table);
    });
  }
}

/// Whether the labels of a row are kept as it has them: $1 tenant, $2 label, $3 id, then the counted fields.
template <class T>
std::string kept_tag_sql() {
  const std::string table = tags_table(table_of<T>());
  std::string sql = "SELECT 1 FROM " + table + " WHERE " + tenant_wall(table) + " AND " + table + ".tag = $2 AND " +
                    table + ".id = $3";
  int place = 4;
  for (const std::string& column : counted_columns<T>()) {
    sql += " AND " + table + "." + column + " = $" + std::to_string(place++);
  }
  return sql;
}

template <class T>
void check_labels_of(Connection& connection, std::int64_t tenant, const T& row, Findings& findings) {
  if constexpr (has_tags<T>()) {
    static const std::string sql = kept_tag_sql<T>();
    for (const std::string& tag : tags_of(&row)) {
      Values values;
      values.add(tenant).add(tag).add(row.audit.id);
      add_counted_values(values, row);
      bool is_kept = false;
      connection.run(sql, values.span(), [&](const Row&) {
        is_kept = true;
        return false;
      });
      if (is_kept) continue;
      findings.add(Part::labels, tags_table(table_of<T>()), "lacks a label of row " + row.audit.id);
    }
  }
}

/// Labels that no row bears: $1 tenant. Labels have no comma, so one on each side finds a whole one.
template <class T>
void check_stray_labels(Connection& connection, std::int64_t tenant, Findings& findings) {
  if constexpr (has_tags<T>()) {
    const std::string table = table_of<T>(), kept = tags_table(table);
    const std::string labels = "',' || " + table + ".tags || ','";
    const std::string sql = "SELECT kept.id FROM " + kept + " AS kept LEFT JOIN " + table + " ON " +
                            tenant_wall(table) + " AND " + table + ".id = kept.id WHERE " + tenant_wall("kept") +
                            " AND (" + table + ".tags IS NULL OR replace(" + labels +
                            ", ',' || kept.tag || ',', '') = " + labels + ")";
    const Value values[] = {tenant};
    connection.run(sql, values, [&](const Row& row) {
      findings.add(Part::labels, kept, "has a label that row " + std::string(row.text(0)) + " does not bear");
      return !findings.enough(Part::labels, kept);
    });
  }
}

/// Rows that share what only one may have: $1 tenant.
template <class T>
void check_uniqueness(Connection& connection, std::int64_t tenant, Findings& findings) {
  const std::string table = table_of<T>();
  for (const resource::Unique& unique : description<T>.names.uniques) {
    std::vector<std::string> columns;
    std::string given;
    for_each_unique_column<T>(unique, [&](const std::string& column, bool is_optional) {
      columns.push_back(column);
      if (is_optional) given += " AND " + table + "." + column + " IS NOT NULL";
    });
    if (columns.empty()) continue;
    const std::string sql = "SELECT MIN(place), COUNT(*) FROM " + table + " WHERE " + tenant_wall(table) + given +
                            " GROUP BY " + joined(columns) + " HAVING COUNT(*) > 1";
    const Value values[] = {tenant};
    connection.run(sql, values, [&](const Row& row) {
      findings.add(Part::rows, table,
                   std::to_string(row.integer(1)) + " rows, one at place " + std::to_string(row.integer(0)) +
                       ", have the same " + resource::joined_names(unique));
      return !findings.enough(Part::rows, table);
    });
  }
}

/// Makes the counts of a resource anew, in one transaction.
template <class T>
void mend_counters(Connection& connection) {
  const std::string table = table_of<T>(), kept = counts_table(table), keys = joined(counted_columns<T>());
  const std::string columns = "tenant_id, " + (keys.empty() ? "" : keys + ", ");
  connection.begin_write();
  connection.run("DELETE FROM " + kept);
  connection.run("INSERT INTO " + kept + " (" + columns + "total) SELECT " + columns + "COUNT(*) FROM " + table +
                 " GROUP BY tenant_id" + (keys.empty() ? "" : ", " + keys));
  connection.commit();
  connection.checkpoint_if_due(false);
}

/// Makes the table of labels of a resource anew, in one transaction.
template <class T>
void mend_labels(Connection& connection) {
  if constexpr (has_tags<T>()) {
    connection.begin_write();
    connection.run("DELETE FROM " + tags_table(table_of<T>()));
    for (const std::int64_t tenant : all_tenants(connection)) {
      for_each_rows<T>(connection, tenant, [&](const std::vector<PlacedRow<T>>& rows) {
        for (const PlacedRow<T>& each : rows) {
          for (const std::string& tag : tags_of(&each.row)) {
            Values values;
            values.add(tenant).add(tag).add(each.row.audit.id);
            add_counted_values(values, each.row);
            connection.run(add_tag_sql<T>(), values.span());
          }
        }
      });
    }
    connection.commit();
    connection.checkpoint_if_due(false);
  }
}

}  // namespace contactd::store
