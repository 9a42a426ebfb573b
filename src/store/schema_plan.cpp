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

/// The name of an index, from `CREATE [UNIQUE] INDEX IF NOT EXISTS name ON …`.
std::string index_name(const std::string& statement) {
  constexpr std::string_view before = "IF NOT EXISTS ";
  const auto begin = statement.find(before) + before.size();
  return statement.substr(begin, statement.find(' ', begin) - begin);
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

/// Adds to the statements what makes that table what it is to be, and to the record what is then so.
void bring_up(const TableShape& table, SchemaRecord& record, std::vector<std::string>& statements) {
  if (record.tables.count(table.name) == 0) {
    statements.push_back(create_table_sql(table));
  } else {
    const auto& known = record.tables.at(table.name);
    for (const ColumnShape& column : table.columns) {
      const auto found = known.find(column.name);
      if (found == known.end()) {
        if (!column.is_optional()) refuse(table.name, column.name, "is missing and has no default");
        statements.push_back("ALTER TABLE " + table.name + " ADD COLUMN " + column.name + " " + column.type);
      } else if (found->second != column.type) {
        refuse(table.name, column.name, "is kept as " + found->second);
      }
    }
  }
  note_table(record, table);
  for (const std::string& index : table.indexes) {
    const std::string name = index_name(index);
    const auto known = record.indexes.find(name);
    if (known != record.indexes.end() && known->second == index) continue;
    if (known != record.indexes.end()) statements.push_back("DROP INDEX " + name);
    statements.push_back(index);
    record.indexes[name] = index;
  }
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

/// Adds a step that ends with what it changes in the record.
void add_step(SchemaPlan& plan, std::string title, std::vector<std::string> statements, const SchemaRecord& before,
              const SchemaRecord& after) {
  for (std::string& change : change_record_statements(before, after, now_microseconds())) {
    statements.push_back(std::move(change));
  }
  if (!statements.empty()) plan.steps.push_back({std::move(title), std::move(statements)});
}

/// The first step of a store that has no record of migrations yet: the record, with those that it has the shape of.
void begin_record(SchemaPlan& plan, SchemaRecord& record, const std::vector<std::string>& objects,
                  std::span<const Migration> migrations) {
  const SchemaRecord before = record;
  if (!has_object(objects, migrations_record)) {
    for (const Migration& migration : migrations) {
      if (migration.is_in == nullptr || !migration.is_in(record)) break;
      record.migrations.emplace(migration.number, migration.name);
    }
  }
  add_step(plan, "the record of migrations", make_record_statements(objects), before, record);
}

}  // namespace

SchemaPlan plan_new_schema(const std::vector<TableShape>& tables, std::span<const Migration> migrations) {
  SchemaPlan plan;
  const SchemaRecord nothing;
  SchemaRecord record;
  std::vector<std::string> statements = make_record_statements({});
  for (const TableShape& table : tables) bring_up(table, record, statements);
  for (const Migration& migration : migrations) record.migrations.emplace(migration.number, migration.name);
  add_step(plan, "a new store", std::move(statements), nothing, record);
  return plan;
}

SchemaPlan plan_schema(Connection& connection, const std::vector<TableShape>& tables,
                       std::span<const Migration> migrations) {
  const std::vector<std::string> objects = connection.objects();
  if (objects.empty()) return plan_new_schema(tables, migrations);
  SchemaPlan plan;
  if (!has_object(objects, columns_record)) {
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
  begin_record(plan, record, objects, migrations);
  for (const Migration& migration : migrations) {
    if (record.migrations.count(migration.number) != 0) continue;
    const SchemaRecord before = record;
    migration.note(record);
    record.migrations.emplace(migration.number, migration.name);
    add_step(plan, "migration " + std::to_string(migration.number) + ": " + migration.name, migration.statements,
             before, record);
  }
  plan.reason = unknown_part(record, tables);
  if (!plan.reason.empty()) {
    plan.state = SchemaState::newer;
    plan.steps.clear();
    return plan;
  }
  const SchemaRecord before = record;
  std::vector<std::string> statements;
  for (const TableShape& table : tables) bring_up(table, record, statements);
  remove_retired(record, statements);
  add_step(plan, "what follows from the descriptions", std::move(statements), before, record);
  plan.state = plan.steps.empty() ? SchemaState::current : SchemaState::older;
  return plan;
}

void run_plan(Connection& connection, const SchemaPlan& plan, FunctionRef<void(const SchemaStep&)> on_step) {
  for (const SchemaStep& step : plan.steps) {
    on_step(step);
    connection.begin_write();
    try {
      for (const std::string& statement : step.statements) connection.run_script(statement);
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
}

void prepare_schema(Connection& connection, const std::vector<TableShape>& tables) {
  const SchemaPlan plan = plan_schema(connection, tables);
  refuse_stranger(plan, "the store");
  run_plan(connection, plan);
}

}  // namespace contactd::store
