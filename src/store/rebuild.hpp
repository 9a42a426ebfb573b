// What is derived from rows and kept beside them, at the start: made anew when another version derived it.
#pragma once

#include <functional>
#include <string>

#include "store/sql.hpp"

namespace contactd::store {

/// Hears, now and then, of what takes long.
using Progress = std::function<void(const std::string&)>;

inline constexpr std::int64_t rebuilt_rows_at_once = 5'000;

/// By which version something was made; empty when it was not, or not to its end.
std::string derived_version(Connection& connection, const std::string& name);
/// In a transaction that removes it: what follows is not finished.
void forget_derived_version(Connection& connection, const std::string& name);
/// After its last row.
void record_derived_version(Connection& connection, const std::string& name, const std::string& version);

std::vector<std::int64_t> all_tenants(Connection& connection);

/// How many columns `select_list` has.
template <class T>
int columns_selected() {
  int columns = 6;  // of the audit
  for_each_field<T>([&](const auto& each) {
    columns += std::is_same_v<typename std::remove_cvref_t<decltype(each)>::member_type, Named> ? 2 : 1;
  });
  return columns;
}

template <class T>
struct PlacedRow {
  std::int64_t place;
  T row;
};

/// The tenant's rows from a place on, in the order of their places, `rebuilt_rows_at_once` of them; none behind the
/// last.
template <class T>
std::vector<PlacedRow<T>> some_rows(Connection& connection, std::int64_t tenant, std::int64_t from) {
  static const std::string sql = "SELECT " + select_list<T>() + ", " + table_of<T>() + ".place FROM " + table_of<T>() +
                                 " WHERE " + tenant_wall(table_of<T>()) + " AND " + table_of<T>() +
                                 ".place BETWEEN $2 AND $3 ORDER BY " + table_of<T>() + ".place LIMIT $4";
  std::vector<PlacedRow<T>> rows;
  const Value range[] = {tenant, from, ((tenant + 1) << place_bits) - 1, rebuilt_rows_at_once};
  connection.run(sql, range, [&](const Row& row) {
    rows.push_back({row.integer(columns_selected<T>()), read_row<T>(row)});
    return true;
  });
  return rows;
}

/// Gives the tenant's rows, some thousand at once, to `visit(rows)`.
template <class T, class Visit>
void for_each_rows(Connection& connection, std::int64_t tenant, Visit&& visit) {
  std::int64_t last = tenant << place_bits;
  for (;;) {
    const std::vector<PlacedRow<T>> rows = some_rows<T>(connection, tenant, last + 1);
    if (rows.empty()) return;
    last = rows.back().place;
    visit(rows);
  }
}

/// Gives all rows of all tenants to `batch.add(place, row)`, some thousand at once, and has each lot written by
/// `batch.write(connection)` in a transaction.
template <class T, class Batch>
void rebuild(Connection& connection, const std::string& name, const Progress& on_progress) {
  std::int64_t steps = 0;
  for (const std::int64_t tenant : all_tenants(connection)) {
    for_each_rows<T>(connection, tenant, [&](const std::vector<PlacedRow<T>>& rows) {
      Batch batch;
      for (const PlacedRow<T>& each : rows) batch.add(each.place, each.row);
      connection.begin_write();
      batch.write(connection);
      connection.commit();
      connection.checkpoint_if_due(true);
      if (++steps % 20 == 0 && on_progress) {
        on_progress("making " + name + " anew: about " + std::to_string(steps * rebuilt_rows_at_once) + " " +
                    table_of<T>() + " so far");
      }
    });
  }
}

}  // namespace contactd::store
