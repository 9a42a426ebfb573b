// Comparing a store's record with what this version wants.
#include "store/schema_plan.hpp"

#include <algorithm>
#include <chrono>

namespace contactd::store {
namespace {

std::int64_t now_microseconds() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

/// The name in `CREATE [UNIQUE] INDEX IF NOT EXISTS name ON …`, `CREATE OR REPLACE FUNCTION name(…`.
std::string name_behind(std::string_view words, const std::string& statement) {
  const auto begin = statement.find(words) + words.size();
  return statement.substr(begin, statement.find_first_of(" (", begin) - begin);
}

[[noreturn]] void refuse(const std::string& table, const std::string& column, const std::string& why) {
  throw SchemaMismatch("the store's table " + table + " does not fit this version: column " + column + " " + why +
                       "; a numbered migration is needed");
}

bool is_retired(std::string_view table) {
  for (const std::string_view retired : retired_tables()) {
    if (table == retired) return true;
  }
  return false;
}

void note_table(SchemaRecord& record, const TableShape& table) {
  for (const ColumnShape& column : table.columns) record.tables[table.name][column.name] = column.type;
}

void create(const TableShape& table, const SchemaDialect& dialect, std::vector<std::string>& statements) {
  statements.push_back(create_table_sql(table, dialect));
  for (std::string& statement : dialect.behind_table(table)) statements.push_back(std::move(statement));
}

void add_missing_columns(const TableShape& table, const std::map<std::string, std::string>& known,
                         const SchemaDialect& dialect, std::vector<std::string>& statements) {
  for (const ColumnShape& column : table.columns) {
    const auto found = known.find(column.name);
    if (found == known.end()) {
      if (!column.is_optional()) refuse(table.name, column.name, "is missing and has no default");
      statements.push_back("ALTER TABLE " + table.name + " ADD COLUMN " + column.name + " " +
                           dialect.type_of(table, column));
    } else if (found->second != column.type) {
      refuse(table.name, column.name, "is kept as " + found->second);
    }
  }
}

/// Adds to the statements what makes that table what it is to be, and to the record what is then so.
void bring_up(const TableShape& table, const SchemaDialect& dialect, SchemaRecord& record,
              std::vector<std::string>& statements) {
  const auto known_table = record.tables.find(table.name);
  if (known_table == record.tables.end()) {
    create(table, dialect, statements);
  } else {
    add_missing_columns(table, known_table->second, dialect, statements);
  }
  note_table(record, table);
  for (const std::string& index : table.indexes) {
    const std::string name = name_behind("IF NOT EXISTS ", index);
    const auto known = record.indexes.find(name);
    if (known != record.indexes.end() && known->second == index) continue;
    if (known != record.indexes.end()) statements.push_back("DROP INDEX " + name);
    statements.push_back(index);
    record.indexes[name] = index;
  }
  for (const std::string& function : dialect.functions_of(table)) {
    std::string& known = record.indexes[name_behind("FUNCTION ", function)];
    if (known == function) continue;
    statements.push_back(function);
    known = function;
  }
}

/// What makes those of the record's own tables that are not there.
std::vector<std::string> make_record(const SchemaDialect& dialect, const std::vector<std::string>& objects) {
  std::vector<std::string> statements;
  for (const TableShape& table : record_tables()) {
    if (!has_object(objects, table.name)) create(table, dialect, statements);
  }
  return statements;
}

void remove_retired(SchemaRecord& record, std::vector<std::string>& statements) {
  for (const std::string_view table : retired_tables()) {
    if (record.tables.erase(std::string(table)) == 0) continue;
    statements.push_back("DROP TABLE " + std::string(table));
    statements.push_back("DELETE FROM derived_versions WHERE name = '" + std::string(table) + "'");
  }
}

/// What of the store this version does not know; empty when there is nothing of that kind.
std::string unknown_part(const SchemaRecord& record, const std::vector<TableShape>& tables) {
  for (const auto& [name, columns] : record.tables) {
    const auto table = std::find_if(tables.begin(), tables.end(), [&](const TableShape& t) { return t.name == name; });
    if (table == tables.end()) {
      if (!is_retired(name)) return "its table " + name;
      continue;
    }
    for (const auto& [column, type] : columns) {
      const bool known = std::any_of(table->columns.begin(), table->columns.end(),
                                     [&](const ColumnShape& shape) { return shape.name == column; });
      if (!known) return "the column " + column + " of its table " + name;
    }
  }
  return {};
}

/// What keeps a store from being made where there is no record of one; empty when nothing does.
std::string in_the_way(const SchemaDialect& dialect, const std::vector<TableShape>& tables,
                       const std::vector<std::string>& objects) {
  if (!dialect.shares_database) return objects.empty() ? "" : objects.front();
  for (const auto* const list : {&tables, &record_tables()}) {
    for (const TableShape& table : *list) {
      if (has_object(objects, table.name)) return table.name;
      for (const std::string& index : table.indexes) {
        if (const std::string name = name_behind("IF NOT EXISTS ", index); has_object(objects, name)) return name;
      }
    }
  }
  return {};
}

/// Adds a step that ends with what it changes in the record.
void add_step(SchemaPlan& plan, const SchemaDialect& dialect, std::string title, std::vector<std::string> statements,
              const SchemaRecord& before, const SchemaRecord& after) {
  for (std::string& change : change_record_statements(before, after, now_microseconds())) {
    statements.push_back(std::move(change));
  }
  if (statements.empty()) return;
  statements.insert(statements.begin(), dialect.step_begins.begin(), dialect.step_begins.end());
  plan.steps.push_back({std::move(title), std::move(statements)});
}

/// The first step of a store that has no record of migrations yet: the record, with those that it has the shape of.
void begin_record(SchemaPlan& plan, const SchemaDialect& dialect, SchemaRecord& record,
                  const std::vector<std::string>& objects, std::span<const Migration> migrations) {
  const SchemaRecord before = record;
  if (!has_object(objects, migrations_record)) {
    for (const Migration& migration : migrations) {
      if (migration.is_in == nullptr || !migration.is_in(record)) break;
      record.migrations.emplace(migration.number, migration.name);
    }
  }
  add_step(plan, dialect, "the record of migrations", make_record(dialect, objects), before, record);
}

}  // namespace

SchemaPlan plan_new_schema(const SchemaDialect& dialect, const std::vector<TableShape>& tables,
                           std::span<const Migration> migrations) {
  SchemaPlan plan;
  const SchemaRecord nothing;
  SchemaRecord record;
  std::vector<std::string> statements = make_record(dialect, {});
  for (const TableShape& table : tables) bring_up(table, dialect, record, statements);
  for (const Migration& migration : migrations) record.migrations.emplace(migration.number, migration.name);
  add_step(plan, dialect, "a new store", std::move(statements), nothing, record);
  return plan;
}

SchemaPlan plan_schema(Connection& connection, const std::vector<TableShape>& tables,
                       std::span<const Migration> migrations) {
  const SchemaDialect& dialect = schema_dialect_of(connection);
  const std::vector<std::string> objects = connection.objects();
  SchemaPlan plan;
  if (!has_object(objects, columns_record)) {
    plan.reason = in_the_way(dialect, tables, objects);
    if (plan.reason.empty()) return plan_new_schema(dialect, tables, migrations);
    plan.state = SchemaState::foreign;
    return plan;
  }
  SchemaRecord record = read_record(connection, objects);
  const std::int64_t last_known = migrations.empty() ? 0 : migrations.back().number;
  if (!record.migrations.empty() && record.migrations.rbegin()->first > last_known) {
    plan.state = SchemaState::newer;
    plan.reason = "migration " + std::to_string(record.migrations.rbegin()->first);
    return plan;
  }
  begin_record(plan, dialect, record, objects, migrations);
  for (const Migration& migration : migrations) {
    if (record.migrations.count(migration.number) != 0) continue;
    const SchemaRecord before = record;
    migration.note(record);
    record.migrations.emplace(migration.number, migration.name);
    add_step(plan, dialect, "migration " + std::to_string(migration.number) + ": " + migration.name,
             migration.statements, before, record);
  }
  plan.reason = unknown_part(record, tables);
  if (!plan.reason.empty()) {
    plan.state = SchemaState::newer;
    plan.steps.clear();
    return plan;
  }
  const SchemaRecord before = record;
  std::vector<std::string> statements;
  for (const TableShape& table : tables) bring_up(table, dialect, record, statements);
  remove_retired(record, statements);
  add_step(plan, dialect, "what follows from the descriptions", std::move(statements), before, record);
  plan.state = plan.steps.empty() ? SchemaState::current : SchemaState::older;
  if (has_object(objects, unfinished_copy_table)) plan.state = SchemaState::unfinished;
  return plan;
}

SchemaPlan plan_schema(Connection& connection, const std::vector<TableShape>& tables) {
  return plan_schema(connection, tables, schema_dialect_of(connection).migrations());
}

void run_plan(Connection& connection, const SchemaPlan& plan, FunctionRef<void(const SchemaStep&)> on_step) {
  for (const SchemaStep& step : plan.steps) {
    on_step(step);
    connection.begin_write();
    try {
      for (const std::string& statement : step.statements) connection.run_script(statement);
      if (step.work) step.work(connection);
      connection.commit();
    } catch (...) {
      connection.rollback();
      throw;
    }
  }
}

void refuse_stranger(const SchemaPlan& plan, const std::string& store) {
  if (plan.state == SchemaState::newer) {
    throw SchemaMismatch(store + " was made by a later version of contactd (this one does not know " + plan.reason +
                         "); use that version");
  }
  if (plan.state == SchemaState::foreign) throw SchemaMismatch(store + " is not a store of contactd");
  if (plan.state == SchemaState::unfinished) {
    throw SchemaMismatch(store +
                         " is a copy that has not come to its end; run the same contactd copy again, or remove it");
  }
}

void refuse_older(const SchemaPlan& plan, const std::string& store, const std::string& migrate_command) {
  if (plan.state != SchemaState::older) return;
  throw SchemaMismatch(store + " was made by an earlier version of contactd; run: " + migrate_command);
}

void prepare_schema(Connection& connection, const std::vector<TableShape>& tables) {
  const SchemaPlan plan = plan_schema(connection, tables);
  refuse_stranger(plan, "the store");
  run_plan(connection, plan);
}

}  // namespace contactd::store
