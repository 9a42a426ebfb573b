// Rows that belong to other rows, many at once: one statement for a whole page of owners.
#pragma once

#include <span>

#include "store/schema.hpp"
#include "store/session.hpp"

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

/// The rows of those ids that there are, in the order of the ids.
template <class T>
std::vector<T> find_all(Session& session, std::span<const std::string> ids) {
  std::vector<T> found;
  session.run_by_id(select_by_id<T>(session.dialect()), ids, [&](const Row& row) {
    found.push_back(read_row<T>(row));
    return true;
  });
  return found;
}

/// A key of the owner that does not go on with the id (a rule of uniqueness has one) must not be left for the order's
/// sake: else the planner may walk all rows of the tenant. So no index is to have that order.
template <class T>
std::string hidden_order(std::string_view column) {
  return begins_a_unique<T>(column) ? " || ''" : "";
}

/// The newest rows of one owner: $1 tenant, $2 the owner, $3 how many.
template <class T>
std::string newest_of_one_sql(std::string_view column) {
  const std::string table = table_of<T>();
  return "SELECT " + select_list<T>() + " FROM " + table + " WHERE " + tenant_wall(table) + " AND " + table + "." +
         std::string(column) + " = $2 ORDER BY " + table + ".id" + hidden_order<T>(column) + " DESC LIMIT $3";
}

/// The same for each of several owners, who are a JSON array in $2. The joined table comes second (SQLite keeps to a
/// cross join's order).
template <class T>
std::string newest_of_several_sql(const Dialect& dialect, std::string_view column) {
  const std::string table = table_of<T>();
  const std::string newest = "SELECT newest.id FROM " + table + " AS newest WHERE " + tenant_wall("newest") +
                             " AND newest." + std::string(column) + " = listed.value ORDER BY newest.id" +
                             hidden_order<T>(column) + " DESC LIMIT $3";
  const std::string joined = dialect.has_lateral
                                 ? "LATERAL (" + newest + ") AS picked JOIN " + table + " ON " + table +
                                       ".id = picked.id WHERE " + tenant_wall(table)
                                 : table + " WHERE " + tenant_wall(table) + " AND " + table + ".id IN (" + newest + ")";
  return "SELECT " + select_list<T>() + " FROM " + std::string(dialect.listed) + " CROSS JOIN " + joined +
         " ORDER BY " + table + ".id DESC";
}

/// The newest rows that name an owner in that column, at most `rows_max` for each owner, the newest first.
template <class T>
std::vector<T> newest_of(Session& session, std::string_view column, std::span<const std::string> owner_ids,
                         std::size_t rows_max) {
  const bool is_one = owner_ids.size() == 1;
  const std::string sql = is_one ? newest_of_one_sql<T>(column) : newest_of_several_sql<T>(session.dialect(), column);
  const std::string owners = is_one ? owner_ids.front() : id_list(owner_ids);
  std::vector<T> found;
  session.run(sql, session.values().add(owners).add(static_cast<std::int64_t>(rows_max)), [&](const Row& row) {
    found.push_back(read_row<T>(row));
    return true;
  });
  return found;
}

}  // namespace contactd::store
