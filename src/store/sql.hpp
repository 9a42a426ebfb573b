// The SQL of a resource, derived from its description. In every statement `$1` is the tenant.
#pragma once

#include <bitset>
#include <string>

#include "resource/read.hpp"
#include "store/columns.hpp"
#include "store/dialect.hpp"

namespace contactd::store {

using resource::column_of;
using resource::description;
using resource::for_each_field;
using resource::for_each_field_indexed;

/// The wall between tenants, as it stands in every WHERE.
inline std::string tenant_wall(std::string_view table) {
  return std::string(table) + ".tenant_id = $1";
}

template <class T>
std::string table_of() {
  return std::string(description<T>.names.plural);
}

inline constexpr std::string_view audit_columns = "id, created_by, updated_by, created_at, updated_at, version";

/// What a SELECT names so that `read_row` can take it; a reference by name brings the name along.
template <class T>
const std::string& select_list() {
  static const std::string list = [] {
    const std::string table = table_of<T>();
    std::string columns;
    for (const std::string_view audit : {"id", "created_by", "updated_by", "created_at", "updated_at", "version"}) {
      columns += (columns.empty() ? "" : ", ") + table + "." + std::string(audit);
    }
    for_each_field<T>([&](const auto& each) {
      columns += ", " + table + "." + column_of(each);
      using Member = typename std::remove_cvref_t<decltype(each)>::member_type;
      if constexpr (std::is_same_v<Member, Named>) {
        const std::string target(each.rule.table);
        columns += ", (SELECT " + target + ".name FROM " + target + " WHERE " + tenant_wall(target) + " AND " + target +
                   ".id = " + table + "." + column_of(each) + ")";
      }
    });
    return columns;
  }();
  return list;
}

template <class T>
T read_row(const Row& row) {
  T value;
  Columns columns(row);
  columns.take(value.audit.id);
  columns.take(value.audit.created_by);
  columns.take(value.audit.updated_by);
  columns.take(value.audit.created_at);
  columns.take(value.audit.updated_at);
  columns.take(value.audit.version);
  for_each_field<T>([&](const auto& each) { columns.take(value.*each.member); });
  return value;
}

/// Each id is looked up by itself (LIMIT keeps the planner from joining): where tenants are small as a rule, it would
/// walk a large one's rows and compare.
inline SelectById select_by_id_sql(const Dialect& dialect, const std::string& columns, const std::string& table) {
  const std::string select =
      "SELECT " + columns + " FROM " + table + " WHERE " + tenant_wall(table) + " AND " + table + ".id = ";
  const std::string wanted(dialect.wanted);
  return {select + "$2", wanted.empty() ? ""
                                        : "SELECT picked.* FROM " + wanted + " CROSS JOIN LATERAL (" + select +
                                              "wanted.id LIMIT 1) AS picked"};
}

template <class T>
const SelectById& select_by_id(const Dialect& of) {
  return made_once(of,
                   [](const Dialect& dialect) { return select_by_id_sql(dialect, select_list<T>(), table_of<T>()); });
}

/// A row by its id ($1 tenant, $2 id) that is about to be changed.
template <class T>
const std::string& locking_select_sql(const Dialect& of) {
  return made_once(of, [](const Dialect& dialect) {
    return select_by_id<T>(dialect).one + std::string(dialect.lock_row) +
           (dialect.lock_row.empty() ? "" : " OF " + table_of<T>());
  });
}

/// A row's place is its tenant's number, then so many bits for its number within the tenant, which is one more than
/// that of the newest row.
inline constexpr int place_bits = 40;

/// The place of the tenant's newest row, if there is one: $1 tenant.
template <class T>
const std::string& newest_place_sql() {
  static const std::string sql = "SELECT " + table_of<T>() + ".place FROM " + table_of<T>() + " WHERE " +
                                 tenant_wall(table_of<T>()) + " ORDER BY " + table_of<T>() + ".id DESC LIMIT 1";
  return sql;
}

/// $1 tenant, then the audit columns, the fields, and the place, where rows have one. It may leave out a row that is
/// there already (`Dialect::unless_there`).
template <class T>
const std::string& insert_sql(const Dialect& of) {
  return made_once(of, [](const Dialect& dialect) {
    const std::string table = table_of<T>();
    std::string columns = "tenant_id, " + std::string(audit_columns);
    std::string places = "$1, $2, $3, $4, $5, $6, $7";
    int next = 8;
    for_each_field<T>([&](const auto& each) {
      columns += ", " + column_of(each);
      places += ", $" + std::to_string(next++);
    });
    if (dialect.has_places) {
      columns += ", place";
      places += ", $" + std::to_string(next);
    }
    return "INSERT INTO " + table + " (" + columns + ") VALUES (" + places + ")" + std::string(dialect.unless_there);
  });
}

/// What `insert_sql` takes, but for the place.
template <class T>
Values insert_values(std::int64_t tenant, const T& value) {
  Values values;
  values.add(tenant).add(value.audit.id).add(value.audit.created_by).add(value.audit.updated_by);
  values.add(value.audit.created_at).add(value.audit.updated_at).add(value.audit.version);
  for_each_field<T>([&](const auto& each) { values.add(value.*each.member); });
  return values;
}

/// $1 tenant, $2 id, $3 updated_by, $4 updated_at, $5 version, then the changed fields alone: an index whose columns
/// stay is then not touched.
template <class T>
std::string update_sql(const std::bitset<resource::fields_max>& changed) {
  const std::string table = table_of<T>();
  std::string sql = "UPDATE " + table + " SET updated_by = $3, updated_at = $4, version = $5";
  int place = 6;
  for_each_field_indexed<T>([&](const auto& each, std::size_t index) {
    if (changed[index]) sql += ", " + column_of(each) + " = $" + std::to_string(place++);
  });
  return sql + " WHERE " + tenant_wall(table) + " AND " + table + ".id = $2";
}

/// $1 tenant, $2 id.
template <class T>
const std::string& delete_sql() {
  static const std::string sql =
      "DELETE FROM " + table_of<T>() + " WHERE " + tenant_wall(table_of<T>()) + " AND " + table_of<T>() + ".id = $2";
  return sql;
}

/// Whether there is one: $1 tenant, $2 id.
inline std::string exists_sql(std::string_view table) {
  return "SELECT 1 FROM " + std::string(table) + " WHERE " + tenant_wall(table) + " AND " + std::string(table) +
         ".id = $2";
}

/// The id that a name has: $1 tenant, $2 name.
inline std::string id_by_name_sql(std::string_view table) {
  const std::string name(table);
  return "SELECT " + name + ".id, " + name + ".name FROM " + name + " WHERE " + tenant_wall(table) + " AND " + name +
         ".name = $2";
}

}  // namespace contactd::store
