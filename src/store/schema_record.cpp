// Reading and writing the record. Its statements have their values in them, so that they can be shown before they run.
#include "store/schema_record.hpp"

#include <algorithm>

namespace contactd::store {
namespace {

using TypesByColumn = std::map<std::string, std::string>;

void change_columns(std::vector<std::string>& statements, const std::string& table, const TypesByColumn& before,
                    const TypesByColumn& after) {
  const std::string record(columns_record);
  const std::string of_table = " WHERE table_name = " + quoted_text(table);
  if (after.empty()) {
    statements.push_back("DELETE FROM " + record + of_table);
    return;
  }
  for (const auto& [column, type] : before) {
    const auto kept = after.find(column);
    if (kept != after.end() && kept->second == type) continue;
    statements.push_back("DELETE FROM " + record + of_table + " AND column_name = " + quoted_text(column));
  }
  for (const auto& [column, type] : after) {
    const auto known = before.find(column);
    if (known != before.end() && known->second == type) continue;
    statements.push_back("INSERT INTO " + record + " (table_name, column_name, type) VALUES (" + quoted_text(table) +
                         ", " + quoted_text(column) + ", " + quoted_text(type) + ")");
  }
}

void change_indexes(std::vector<std::string>& statements, const SchemaRecord& before, const SchemaRecord& after) {
  const std::string record(indexes_record);
  for (const auto& [name, sql] : before.indexes) {
    const auto kept = after.indexes.find(name);
    if (kept != after.indexes.end() && kept->second == sql) continue;
    statements.push_back("DELETE FROM " + record + " WHERE name = " + quoted_text(name));
  }
  for (const auto& [name, sql] : after.indexes) {
    const auto known = before.indexes.find(name);
    if (known != before.indexes.end() && known->second == sql) continue;
    statements.push_back("INSERT INTO " + record + " (name, statement) VALUES (" + quoted_text(name) + ", " +
                         quoted_text(sql) + ")");
  }
}

}  // namespace

std::string quoted_text(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

bool has_object(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

const std::vector<TableShape>& record_tables() {
  static const std::vector<TableShape> tables{
      {std::string(columns_record),
       {{"table_name", "TEXT NOT NULL"}, {"column_name", "TEXT NOT NULL"}, {"type", "TEXT NOT NULL"}},
       {"PRIMARY KEY (table_name, column_name)"},
       {}},
      {std::string(indexes_record), {{"name", "TEXT NOT NULL PRIMARY KEY"}, {"statement", "TEXT NOT NULL"}}, {}, {}},
      {std::string(migrations_record),
       {{"number", "BIGINT NOT NULL PRIMARY KEY"}, {"name", "TEXT NOT NULL"}, {"applied_at", "BIGINT NOT NULL"}},
       {},
       {}}};
  return tables;
}

SchemaRecord read_record(Connection& connection, const std::vector<std::string>& objects) {
  SchemaRecord record;
  if (has_object(objects, columns_record)) {
    connection.run("SELECT table_name, column_name, type FROM schema_columns", {}, [&](const Row& row) {
      record.tables[std::string(row.text(0))].emplace(row.text(1), row.text(2));
      return true;
    });
  }
  if (has_object(objects, indexes_record)) {
    connection.run("SELECT name, statement FROM schema_indexes", {}, [&](const Row& row) {
      record.indexes.emplace(row.text(0), row.text(1));
      return true;
    });
  }
  if (has_object(objects, migrations_record)) {
    connection.run("SELECT number, name FROM schema_migrations", {}, [&](const Row& row) {
      record.migrations.emplace(row.integer(0), row.text(1));
      return true;
    });
  }
  return record;
}

std::vector<std::string> change_record_statements(const SchemaRecord& before, const SchemaRecord& after,
                                                  std::int64_t applied_at) {
  std::vector<std::string> statements;
  static const TypesByColumn none;
  for (const auto& [table, columns] : before.tables) {
    const auto kept = after.tables.find(table);
    change_columns(statements, table, columns, kept == after.tables.end() ? none : kept->second);
  }
  for (const auto& [table, columns] : after.tables) {
    if (before.tables.count(table) == 0) change_columns(statements, table, none, columns);
  }
  change_indexes(statements, before, after);
  for (const auto& [number, name] : after.migrations) {
    if (before.migrations.count(number) != 0) continue;
    statements.push_back("INSERT INTO schema_migrations (number, name, applied_at) VALUES (" + std::to_string(number) +
                         ", " + quoted_text(name) + ", " + std::to_string(applied_at) + ")");
  }
  return statements;
}

}  // namespace contactd::store
