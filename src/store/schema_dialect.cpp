// The embedded store's way; PostgreSQL's is in postgres_tables.cpp.
#include "store/schema_dialect.hpp"

#include "store/dialect.hpp"

namespace contactd::store {
namespace {

std::vector<std::string> nothing(const TableShape&) {
  return {};
}

/// BIGINT is the common word; a STRICT table of SQLite spells it INTEGER.
std::string sqlite_type(const TableShape&, const ColumnShape& column) {
  constexpr std::string_view common = "BIGINT";
  return column.type.starts_with(common) ? "INTEGER" + column.type.substr(common.size()) : column.type;
}

std::string_view sqlite_options(const TableShape& table) {
  return table.is_clustered ? " STRICT, WITHOUT ROWID" : " STRICT";
}

}  // namespace

const SchemaDialect& sqlite_schema_dialect() {
  static const SchemaDialect dialect{.migrations = embedded_migrations,
                                     .type_of = sqlite_type,
                                     .table_options = sqlite_options,
                                     .behind_table = nothing,
                                     .functions_of = nothing,
                                     .step_begins = {},
                                     .shares_database = false};
  return dialect;
}

const SchemaDialect& schema_dialect_of(const Connection& connection) {
  return connection.dialect().index == sqlite_dialect().index ? sqlite_schema_dialect() : postgres_schema_dialect();
}

std::string create_table_sql(const TableShape& table, const SchemaDialect& dialect) {
  std::string sql = "CREATE TABLE " + table.name + " (";
  for (const ColumnShape& column : table.columns) {
    if (&column != &table.columns.front()) sql += ", ";
    sql += column.name + " " + dialect.type_of(table, column);
  }
  for (const std::string& constraint : table.constraints) sql += ", " + constraint;
  return sql + ")" + std::string(dialect.table_options(table));
}

}  // namespace contactd::store
