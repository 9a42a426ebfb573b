// The whole list of tables, and the comparison of a store with it.
#include "store/schema.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/contact.hpp"
#include "model/namespace.hpp"
#include "model/relation.hpp"

namespace contactd::store {
namespace {

/// What the store remembers of its own tables. Written in the transaction that changes them.
constexpr std::string_view record_table =
    "CREATE TABLE IF NOT EXISTS schema_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, type TEXT NOT "
    "NULL, PRIMARY KEY (table_name, column_name)) STRICT";

const TableShape tenants_table{
    "tenants", {{"tenant_id", "INTEGER PRIMARY KEY"}, {"name", "TEXT NOT NULL UNIQUE"}}, {}, {}};

/// Secrets of the store itself, such as the key that seals cursors.
const TableShape secrets_table{"secrets", {{"name", "TEXT NOT NULL PRIMARY KEY"}, {"value", "TEXT NOT NULL"}}, {}, {}};

/// By which version each search table was made.
const TableShape derived_versions_table{
    "derived_versions", {{"name", "TEXT NOT NULL PRIMARY KEY"}, {"version", "TEXT NOT NULL"}}, {}, {}};

/// Answers kept for requests that come again with the same Idempotency-Key. Ids order by time, for their removal.
const TableShape idempotency_table{"idempotency",
                                   {{"tenant_id", "BIGINT NOT NULL"},
                                    {"id", "TEXT NOT NULL"},
                                    {"user_id", "TEXT NOT NULL"},
                                    {"key", "TEXT NOT NULL"},
                                    {"digest", "TEXT NOT NULL"},
                                    {"status", "BIGINT NOT NULL"},
                                    {"location", "TEXT NOT NULL"},
                                    {"etag", "TEXT NOT NULL"},
                                    {"body", "TEXT NOT NULL"}},
                                   {"PRIMARY KEY (tenant_id, id)", "UNIQUE (tenant_id, user_id, key)",
                                    "FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id)"},
                                   {}};

/// Tables that earlier versions kept, of what can be made anew from the rows.
constexpr std::array<std::string_view, 1> retired_tables{"dedupe_keys"};

using Recorded = std::map<std::string, std::string>;

Recorded recorded_columns(Connection& connection, const std::string& table) {
  Recorded recorded;
  const Value values[] = {std::string_view(table)};
  connection.run("SELECT column_name, type FROM schema_columns WHERE table_name = $1", values, [&](const Row& row) {
    recorded.emplace(row.text(0), row.text(1));
    return true;
  });
  return recorded;
}

void record_column(Connection& connection, const std::string& table, const ColumnShape& column) {
  const Value values[] = {std::string_view(table), std::string_view(column.name), std::string_view(column.type)};
  connection.run("INSERT INTO schema_columns (table_name, column_name, type) VALUES ($1, $2, $3)", values);
}

[[noreturn]] void refuse(const std::string& table, const std::string& column, const std::string& why) {
  throw std::runtime_error("the store's table " + table + " does not fit this version: column " + column + " " + why +
                           "; a numbered migration is needed");
}

void extend_table(Connection& connection, const TableShape& table, Recorded recorded) {
  for (const ColumnShape& column : table.columns) {
    const auto known = recorded.find(column.name);
    if (known != recorded.end()) {
      if (known->second != column.type) refuse(table.name, column.name, "is kept as " + known->second);
      recorded.erase(known);
      continue;
    }
    if (!column.is_optional()) refuse(table.name, column.name, "is missing and has no default");
    connection.run("ALTER TABLE " + table.name + " ADD COLUMN " + column.name + " " + column.type);
    record_column(connection, table.name, column);
  }
  if (!recorded.empty()) refuse(table.name, recorded.begin()->first, "is not known");
}

void prepare_table(Connection& connection, const TableShape& table) {
  Recorded recorded = recorded_columns(connection, table.name);
  if (recorded.empty()) {
    connection.run(create_table_sql(table));
    for (const ColumnShape& column : table.columns) record_column(connection, table.name, column);
  } else {
    extend_table(connection, table, std::move(recorded));
  }
  for (const std::string& index : table.indexes) connection.run(index);
}

void remove_retired(Connection& connection) {
  for (const std::string_view table : retired_tables) {
    if (recorded_columns(connection, std::string(table)).empty()) continue;
    const Value values[] = {table};
    connection.run("DROP TABLE " + std::string(table));
    connection.run("DELETE FROM schema_columns WHERE table_name = $1", values);
    connection.run("DELETE FROM derived_versions WHERE name = $1", values);
  }
}

template <class T>
void add_resource(std::vector<TableShape>& tables) {
  tables.push_back(resource_table<T>());
  tables.push_back(counts_shape<T>());
  if (has_tags<T>()) tables.push_back(tags_shape<T>());
}

}  // namespace

std::string create_table_sql(const TableShape& table) {
  std::string sql = "CREATE TABLE " + table.name + " (";
  bool first = true;
  for (const ColumnShape& column : table.columns) {
    // BIGINT is the common word; a STRICT table of SQLite spells it INTEGER.
    std::string type = column.type;
    if (type.starts_with("BIGINT")) type.replace(0, 6, "INTEGER");
    sql += (first ? "" : ", ") + column.name + " " + type;
    first = false;
  }
  for (const std::string& constraint : table.constraints) sql += ", " + constraint;
  return sql + (table.is_clustered ? ") STRICT, WITHOUT ROWID" : ") STRICT");
}

std::vector<TableShape> contact_store_tables() {
  std::vector<TableShape> tables{tenants_table, secrets_table, derived_versions_table, idempotency_table};
  add_resource<model::Namespace>(tables);
  add_resource<model::Contact>(tables);
  add_resource<model::Address>(tables);
  add_resource<model::Bank>(tables);
  add_resource<model::Relation>(tables);
  tables.push_back(history_shape());
  tables.push_back(account_references_shape());
  return tables;
}

void prepare_schema(Connection& connection, const std::vector<TableShape>& tables) {
  connection.begin_write();
  try {
    connection.run(record_table);
    for (const TableShape& table : tables) prepare_table(connection, table);
    remove_retired(connection);
    connection.commit();
  } catch (...) {
    connection.rollback();
    throw;
  }
}

}  // namespace contactd::store
