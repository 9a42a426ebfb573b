// Rows that belong to other rows, many at once: one statement for a whole page of owners.
#pragma once

#include <span>

#include "store/session.hpp"
#include "store/sql.hpp"

namespace contactd::store {

/// The ids as a JSON array, which is how a statement takes any number of them.
inline std::string id_list(std::span<const std::string> ids) {
  std::string list = "[";
  for (const std::string& id : ids) {
    if (list.size() > 1) list += ',';
    resource::append_json_string(list, id);
  }
  return list += ']';
}

/// Those of the ids that there are, in no particular order.
template <class T>
std::vector<T> find_all(Session& session, std::span<const std::string> ids) {
  static const std::string sql = "SELECT " + select_list<T>() + " FROM " + table_of<T>() + " WHERE " +
                                 tenant_wall(table_of<T>()) + " AND " + table_of<T>() +
                                 ".id IN (SELECT value FROM json_each($2))";
  std::vector<T> found;
  const std::string list = id_list(ids);
  session.run(sql, session.values().add(list), [&](const Row& row) {
    found.push_back(read_row<T>(row));
    return true;
  });
  return found;
}

/// The newest rows that name an owner in that column, at most `rows_max` for each owner, the newest first.
/// The joined table comes second (SQLite keeps to a cross join's order), and the order of an owner's rows is one that
/// no index has: else the planner may read all rows of the tenant, for each owner, in the order of their ids.
template <class T>
std::vector<T> newest_of(Session& session, std::string_view column, std::span<const std::string> owner_ids,
                         std::size_t rows_max) {
  const std::string table = table_of<T>();
  const std::string sql = "SELECT " + select_list<T>() + " FROM json_each($2) AS owner CROSS JOIN " + table +
                          " WHERE " + tenant_wall(table) + " AND " + table + ".id IN (SELECT newest.id FROM " + table +
                          " AS newest WHERE " + tenant_wall("newest") + " AND newest." + std::string(column) +
                          " = owner.value ORDER BY newest.id || '' DESC LIMIT $3) ORDER BY " + table + ".id DESC";
  std::vector<T> found;
  const std::string list = id_list(owner_ids);
  session.run(sql, session.values().add(list).add(static_cast<std::int64_t>(rows_max)), [&](const Row& row) {
    found.push_back(read_row<T>(row));
    return true;
  });
  return found;
}

}  // namespace contactd::store
