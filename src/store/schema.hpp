// The shape of the store, derived from the descriptions.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "store/sql.hpp"

namespace contactd::store {

struct ColumnShape {
  std::string name;
  std::string type;  ///< As in DDL: "TEXT", "BIGINT NOT NULL".
  bool is_optional() const { return type.find("NOT NULL") == std::string::npos; }
};

/// A table as the descriptions want it.
struct TableShape {
  std::string name;
  std::vector<ColumnShape> columns;
  std::vector<std::string> constraints;
  std::vector<std::string> indexes;  ///< Whole CREATE INDEX statements.
  bool is_clustered = false;         ///< Kept in the order of its primary key, without a key beside it.
};

/// `STRICT` is SQLite's word; the types are translated where an engine has others.
std::string create_table_sql(const TableShape& table);

/// Who changed what about a contact, and when; `id` carries the time. `store/history.hpp` writes it.
TableShape history_shape();
/// Account references that were drawn, and are never drawn again. `store/references.hpp` writes it.
TableShape account_references_shape();

/// All tables of the service.
std::vector<TableShape> contact_store_tables();

/// Tables that earlier versions kept, of what can be made anew from the rows.
std::span<const std::string_view> retired_tables();

inline std::string counts_table(std::string_view table) {
  return std::string(table) + "_counts";
}
inline std::string tags_table(std::string_view table) {
  return std::string(table) + "_tags";
}

template <class T>
constexpr bool has_tags() {
  bool found = false;
  for_each_field<T>([&](const auto& each) {
    found = found || std::is_same_v<typename std::remove_cvref_t<decltype(each)>::member_type, std::optional<Tags>>;
  });
  return found;
}

/// The columns of the counted fields, in the order of the description.
template <class T>
const std::vector<std::string>& counted_columns() {
  static const std::vector<std::string> columns = [] {
    std::vector<std::string> names;
    for_each_field<T>([&](const auto& each) {
      if (each.traits.counted) names.push_back(column_of(each));
    });
    return names;
  }();
  return columns;
}

inline std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// How a sortable column orders: what is absent counts as the empty string. `of` is put before the column.
template <class FieldType>
std::string sort_expression(const FieldType& each, const std::string& of = {}) {
  const std::string column = of + column_of(each);
  return resource::is_optional<typename FieldType::member_type> ? "COALESCE(" + column + ", '')" : column;
}

template <class T>
bool is_optional_field(std::string_view field) {
  bool optional = false;
  for_each_field<T>([&](const auto& each) {
    if (each.name == field) {
      optional = resource::is_optional<typename std::remove_cvref_t<decltype(each)>::member_type>;
    }
  });
  return optional;
}

/// Whether the index of a rule of uniqueness finds all rows with a value of that field: it holds a row only when the
/// other fields have values.
template <class T>
bool begins_a_unique(std::string_view field) {
  for (const resource::Unique& unique : description<T>.names.uniques) {
    if (unique[0] == field && !is_optional_field<T>(unique[1]) && !is_optional_field<T>(unique[2])) return true;
  }
  return false;
}

/// Visits the columns of a rule of uniqueness in its order.
template <class T, class Visit>
void for_each_unique_column(const resource::Unique& unique, Visit&& visit) {
  for (const std::string_view name : unique) {
    for_each_field<T>([&](const auto& each) {
      if (each.name != name) return;
      visit(column_of(each), resource::is_optional<typename std::remove_cvref_t<decltype(each)>::member_type>);
    });
  }
}

/// The indexes of a resource: one for each order beside `created_at` (which is the primary key's), each indexed filter,
/// each rule of uniqueness that no other begins with, and the counted filters together.
template <class T>
std::vector<std::string> index_statements() {
  const std::string table = table_of<T>();
  std::vector<std::string> statements;
  const auto add = [&](const std::string& name, const std::string& columns, const std::string& only = "",
                       const char* kind = "INDEX") {
    statements.push_back("CREATE " + std::string(kind) + " IF NOT EXISTS " + table + "_by_" + name + " ON " + table +
                         " (tenant_id, " + columns + ")" + only);
  };
  add("updated_at", "updated_at, id");
  for (const resource::Unique& unique : description<T>.names.uniques) {
    std::vector<std::string> columns;
    std::string name, only;
    for_each_unique_column<T>(unique, [&](const std::string& column, bool optional) {
      columns.push_back(column);
      name += (name.empty() ? "" : "_") + column;
      if (optional) only += (only.empty() ? " WHERE " : " AND ") + column + " IS NOT NULL";
    });
    if (!columns.empty()) add(name, joined(columns), only, "UNIQUE INDEX");
  }
  for_each_field<T>([&](const auto& each) {
    const std::string column = column_of(each);
    const bool optional = resource::is_optional<typename std::remove_cvref_t<decltype(each)>::member_type>;
    if (each.traits.sortable && !begins_a_unique<T>(each.name)) add(column, sort_expression(each) + ", id");
    if (each.traits.indexed && !begins_a_unique<T>(each.name)) {
      add(column, column + ", id", optional ? " WHERE " + column + " IS NOT NULL" : "");
    }
  });
  if (!counted_columns<T>().empty()) add("cell", joined(counted_columns<T>()) + ", id");
  return statements;
}

/// The table of a resource itself. `place` is the tenant's number and a running number within the tenant: it keeps a
/// tenant's rows together, orders as `id` and `created_at` do, and is what the search tables know a row by.
template <class T>
TableShape resource_table() {
  TableShape table{table_of<T>(), {}, {}, index_statements<T>()};
  table.columns = {{"tenant_id", "BIGINT NOT NULL"},
                   {"place", "INTEGER PRIMARY KEY NOT NULL"},
                   {"id", "TEXT NOT NULL"},
                   {"created_by", "TEXT NOT NULL"},
                   {"updated_by", "TEXT"},
                   {"created_at", "BIGINT NOT NULL"},
                   {"updated_at", "BIGINT NOT NULL"},
                   {"version", "BIGINT NOT NULL"}};
  table.constraints = {"UNIQUE (tenant_id, id)", "FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id)"};
  for_each_field<T>([&](const auto& each) {
    using FieldType = std::remove_cvref_t<decltype(each)>;
    table.columns.push_back({column_of(each), std::string(column_type<typename FieldType::member_type>())});
    if constexpr (requires { each.rule.table; }) {
      table.constraints.push_back("FOREIGN KEY (tenant_id, " + column_of(each) + ") REFERENCES " +
                                  std::string(each.rule.table) + " (tenant_id, id)");
    }
  });
  return table;
}

/// Exact counts for every combination of the counted fields that occurs.
template <class T>
TableShape counts_shape() {
  TableShape table{counts_table(table_of<T>()), {{"tenant_id", "BIGINT NOT NULL"}}, {}, {}};
  for (const std::string& column : counted_columns<T>()) table.columns.push_back({column, "TEXT NOT NULL"});
  table.columns.push_back({"total", "BIGINT NOT NULL"});
  const std::string keys = joined(counted_columns<T>());
  table.constraints = {"PRIMARY KEY (tenant_id" + (keys.empty() ? "" : ", " + keys) + ")"};
  table.is_clustered = true;
  return table;
}

/// Which rows bear a label; its key serves the filter by labels. The counted columns stand in it too, so that this
/// filter together with those never looks into the rows.
template <class T>
TableShape tags_shape() {
  TableShape table{tags_table(table_of<T>()),
                   {{"tenant_id", "BIGINT NOT NULL"}, {"tag", "TEXT NOT NULL"}, {"id", "TEXT NOT NULL"}},
                   {"PRIMARY KEY (tenant_id, tag, id)"},
                   {},
                   true};
  for (const std::string& column : counted_columns<T>()) table.columns.push_back({column, "TEXT NOT NULL"});
  return table;
}

}  // namespace contactd::store
