// How an engine is told of the store's shape. What a plan says to be done does not depend on it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "store/migrations.hpp"
#include "store/schema.hpp"

namespace contactd::store {

struct SchemaDialect {
  /// Those that this engine's stores go through.
  std::span<const Migration> (*migrations)();
  /// The engine's words for the type of a column.
  std::string (*type_of)(const TableShape& table, const ColumnShape& column);
  /// What stands behind the columns of a CREATE TABLE.
  std::string_view (*table_options)(const TableShape& table);
  /// What else a table needs when it was made, as statements.
  std::vector<std::string> (*behind_table)(const TableShape& table);
  /// The functions that look into it: CREATE OR REPLACE FUNCTION, with what has to follow it.
  std::vector<std::string> (*functions_of)(const TableShape& table);
  /// With these each step begins.
  std::vector<std::string> step_begins;
  /// Others may have tables beside the store's.
  bool shares_database;
};

const SchemaDialect& sqlite_schema_dialect();
const SchemaDialect& postgres_schema_dialect();
const SchemaDialect& schema_dialect_of(const Connection& connection);

std::string create_table_sql(const TableShape& table, const SchemaDialect& dialect);

}  // namespace contactd::store
