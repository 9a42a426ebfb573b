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

/// Gives some rows of one tenant to `batch.add(tenant, place, row)`, from a place on, and then has them written by
/// `batch.write(connection)` in a transaction. The last place, or 0 when there were no more.
template <class T, class Batch>
std::int64_t rebuild_some(Connection& connection, std::int64_t tenant, std::int64_t from) {
  const std::string table = table_of<T>();
  const std::string sql = "SELECT " + table + ".place, " + table + ".id FROM " + table + " WHERE " +
                          tenant_wall(table) + " AND " + table + ".place BETWEEN $2 AND $3 ORDER BY " + table +
                          ".place LIMIT $4";
  std::vector<std::pair<std::int64_t, std::string>> rows;
  const Value range[] = {tenant, from, ((tenant + 1) << place_bits) - 1, rebuilt_rows_at_once};
  connection.run(sql, range, [&](const Row& row) {
    rows.emplace_back(row.integer(0), row.text(1));
    return true;
  });
  if (rows.empty()) return 0;
  Batch batch;
  for (const auto& [place, id] : rows) {
    const Value values[] = {tenant, std::string_view(id)};
    connection.run(select_sql<T>(), values, [&](const Row& row) {
      batch.add(tenant, place, read_row<T>(row));
      return false;
    });
  }
  connection.begin_write();
  batch.write(connection);
  connection.commit();
  connection.checkpoint_if_due(true);
  return rows.back().first;
}

/// The same for all rows of all tenants.
template <class T, class Batch>
void rebuild(Connection& connection, const std::string& name, const Progress& on_progress) {
  std::int64_t steps = 0;
  for (const std::int64_t tenant : all_tenants(connection)) {
    std::int64_t last = tenant << place_bits;
    while ((last = rebuild_some<T, Batch>(connection, tenant, last + 1)) != 0) {
      if (++steps % 20 == 0 && on_progress) {
        on_progress("making " + name + " anew: about " + std::to_string(steps * rebuilt_rows_at_once) + " " +
                    table_of<T>() + " so far");
      }
    }
  }
}

}  // namespace contactd::store
