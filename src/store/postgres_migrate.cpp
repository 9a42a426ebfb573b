// Whatever is changed is changed under a lock that a connection of its own holds: the steps are transactions by
// themselves.
#include "store/postgres_migrate.hpp"

#include <array>

#include "store/postgres_lock.hpp"
#include "store/postgres_rebuild.hpp"
#include "store/postgres_schema.hpp"

namespace contactd::store {
namespace {

constexpr const char* the_store = "the database";
constexpr std::string_view rights_of = "rights of the role ";

/// Statements of a migration may take their time, and so may waiting for another one.
constexpr std::chrono::milliseconds for_ever{-1};

PostgresOptions owner_options(const PostgresSettings& settings) {
  PostgresOptions owner = settings.options;
  if (!settings.owner_url.empty()) owner.url = settings.owner_url;
  owner.silence_max = for_ever;
  owner.prepared_statements = false;  // each runs once
  return owner;
}

struct Advice {
  std::string_view in_message;
  std::string_view what_to_do;
};
constexpr std::array advices{
    Advice{" 42501", "it takes the role that owns the tables: name it with --owner-store"},
    Advice{" 55P03", "somebody holds a table that has to be changed: end that, or run it again when less is going on"},
    Advice{" 40P01", "somebody was in the way: run it again"},
    Advice{" 25006", "name the primary in the URL"},
};

/// Calls `work`; what the database has said against it becomes a line for the operator.
template <class Work>
auto in_plain_words(const std::string& what_cannot_be, Work&& work) {
  try {
    return work();
  } catch (const StoreError& error) {
    std::string line = what_cannot_be + ": " + error.what();
    for (const Advice& advice : advices) {
      if (line.find(advice.in_message) != std::string::npos) line += "; " + std::string(advice.what_to_do);
    }
    throw std::runtime_error(line);
  }
}

/// A condition, by the table's columns: others have tables of such names too.
std::string record_is_ours() {
  const TableShape& record = record_tables().front();
  std::vector<std::string> columns;
  for (const ColumnShape& column : record.columns) columns.push_back(quoted_text(column.name));
  return "(SELECT COUNT(*) FROM pg_attribute WHERE attrelid = to_regclass(" + quoted_text(record.name) +
         ") AND attname IN (" + joined(columns) + ")) = " + std::to_string(columns.size());
}

[[noreturn]] void refuse_foreign(Connection& connection, const std::string& name) {
  const Value values[] = {std::string_view(name)};
  const std::string kind = text_of(connection,
                                   "SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'i' THEN 'index' WHEN 'S' THEN "
                                   "'sequence' ELSE 'table' END FROM pg_class WHERE oid = to_regclass($1)",
                                   values);
  throw SchemaMismatch("the database has the " + kind + " " + name +
                       ", which contactd has not made; name an empty database, or a schema of its own with "
                       "options=-csearch_path%3DNAME in the URL");
}

void refuse_foreign_record(Connection& connection) {
  const std::string foreign = text_of(
      connection, "SELECT relname FROM pg_class WHERE oid = to_regclass('schema_columns') AND NOT " + record_is_ours());
  if (!foreign.empty()) refuse_foreign(connection, foreign);
}

SchemaPlan complete_plan(Connection& connection, const std::string& service_role, const Progress& on_progress) {
  std::vector<TableShape> tables = postgres_tables();
  for (TableShape& table : postgres_search_tables()) tables.push_back(std::move(table));
  refuse_foreign_record(connection);
  SchemaPlan plan = plan_schema(connection, tables);
  if (plan.state == SchemaState::foreign) refuse_foreign(connection, plan.reason);
  refuse_stranger(plan, the_store);
  const bool is_new = plan.state == SchemaState::absent;
  if (is_new) {
    for (std::string& statement : record_empty_search()) plan.steps.front().statements.push_back(std::move(statement));
  }
  if (!is_new || text_of(connection, "SELECT current_user") != service_role) {
    auto rights = missing_rights(connection, service_role);
    if (!rights.empty()) plan.steps.push_back({std::string(rights_of) + service_role, std::move(rights)});
  }
  if (is_new) return plan;
  for (SchemaStep& step : search_steps(connection, on_progress)) plan.steps.push_back(std::move(step));
  plan.state = plan.steps.empty() ? SchemaState::current : SchemaState::older;
  return plan;
}

/// All of it from one moment.
SchemaPlan plan_postgres(Connection& connection, const std::string& service_role, const Progress& on_progress) {
  connection.begin_read();
  try {
    SchemaPlan plan = complete_plan(connection, service_role, on_progress);
    connection.commit();
    return plan;
  } catch (...) {
    connection.rollback();
    throw;
  }
}

/// Throws std::runtime_error unless the role may do what the plan says. What it makes has to be the owner's as well: a
/// function passes the wall of a table of its own owner alone.
void require_owner(Connection& connection, const SchemaPlan& plan) {
  const std::string role = text_of(connection, "SELECT current_user");
  if (plan.state != SchemaState::absent) {
    const std::string owner = text_of(connection,
                                      "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = "
                                      "to_regclass('schema_columns') AND pg_get_userbyid(relowner) <> current_user");
    if (owner.empty()) return;
    throw std::runtime_error("the role " + role + " does not own the tables, as " + owner +
                             " does: name that role with --owner-store");
  }
  const std::string schema = text_of(connection, "SELECT current_schema()");
  if (schema.empty()) {
    throw std::runtime_error("the search_path of the role " + role +
                             " names no schema that is there; make one, or give the right to it");
  }
  if (text_of(connection, "SELECT has_schema_privilege(current_schema(), 'CREATE')") == "t") return;
  throw std::runtime_error("the database has no tables yet, and the role " + role +
                           " may not make them in the schema " + schema +
                           ": name the role that owns the database with --owner-store");
}

/// The role that serves; looks at what both roles are connected to.
std::string checked_service_role(const PostgresSettings& settings) {
  check_postgres_server(settings.options);
  constexpr std::string_view database = "SELECT current_database()";
  const auto service = make_postgres_connection(settings.options);
  if (!settings.owner_url.empty()) {
    const PostgresOptions owner = owner_options(settings);
    try {
      check_postgres_server(owner);
    } catch (const std::runtime_error& error) {
      throw std::runtime_error("--owner-store: " + std::string(error.what()));
    }
    if (text_of(*make_postgres_connection(owner), database) != text_of(*service, database)) {
      throw std::runtime_error("--store and --owner-store name different databases");
    }
  }
  return text_of(*service, "SELECT current_user");
}

/// Under the lock; `may_run` looks at the plan first.
SchemaPlan plan_and_run(const PostgresSettings& settings, const std::string& service_role,
                        FunctionRef<void(const SchemaPlan&)> may_run, FunctionRef<void(const SchemaStep&)> on_step,
                        const Progress& on_progress) {
  const PostgresOptions owner = owner_options(settings);
  PostgresLock lock(owner, PostgresLockFor::changing_schema);
  if (!lock.try_to_take()) {
    if (on_progress) on_progress("another one changes the schema: waiting for its end");
    lock.wait_and_take();
  }
  if (!lock.is_seen_by(*make_postgres_connection(settings.options))) {  // of the same name, perhaps
    throw std::runtime_error("--store and --owner-store name different databases");
  }
  const auto connection = make_postgres_connection(owner);
  SchemaPlan plan = plan_postgres(*connection, service_role, on_progress);
  may_run(plan);
  if (plan.steps.empty()) return plan;
  require_owner(*connection, plan);
  run_plan(*connection, plan, [&](const SchemaStep& step) {
    lock.require();
    on_step(step);
  });
  return plan;
}

/// Throws SchemaMismatch when the role that serves would not find what there is.
void require_in_sight(const PostgresSettings& settings, const std::string& role) {
  const auto connection = make_postgres_connection(settings.options);
  if (plan_postgres(*connection, role, nullptr).state == SchemaState::current) return;
  throw SchemaMismatch("the role " + role +
                       " does not see the tables: --store and --owner-store name different servers, or different "
                       "schemas (search_path)");
}

void refuse_what_only_migrate_may_do(const SchemaPlan& plan, const std::string& role, const std::string& command) {
  const bool lacks_rights_alone = plan.steps.size() == 1 && plan.steps.front().title.starts_with(rights_of);
  if (plan.state == SchemaState::older && lacks_rights_alone) {
    throw SchemaMismatch("the role " + role + " lacks rights in the database; run: " + command);
  }
  refuse_older(plan, the_store, command);
}

/// Without the right to read what a plan is made from nothing can be said. So it is behind a migration that was cut
/// short.
void require_readable_record(Connection& connection, const std::string& role, const std::string& command) {
  const std::string unreadable =
      text_of(connection,
              "SELECT relname FROM pg_class WHERE oid IN (to_regclass('schema_columns'), "
              "to_regclass('schema_indexes'), to_regclass('schema_migrations'), "
              "to_regclass('derived_versions')) AND NOT has_table_privilege(oid, 'SELECT') AND " +
                  record_is_ours());
  if (unreadable.empty()) return;
  throw SchemaMismatch("the role " + role + " lacks rights in the database; run: " + command);
}

/// What the role that serves sees.
struct Look {
  std::string role;
  bool has_tables;
};

/// Throws SchemaMismatch for tables that the role must not serve.
Look look_as_service(const PostgresSettings& settings, const std::string& migrate_command) {
  check_postgres_server(settings.options);
  const auto connection = make_postgres_connection(settings.options);
  const std::string role = text_of(*connection, "SELECT current_user");
  require_readable_record(*connection, role, migrate_command);
  const SchemaPlan plan = plan_postgres(*connection, role, nullptr);
  refuse_what_only_migrate_may_do(plan, role, migrate_command);
  return {role, plan.state != SchemaState::absent};
}

}  // namespace

SchemaPlan plan_migration(const PostgresSettings& settings) {
  return in_plain_words("the database cannot be used", [&] {
    const std::string role = checked_service_role(settings);
    return plan_postgres(*make_postgres_connection(owner_options(settings)), role, nullptr);
  });
}

SchemaPlan migrate(const PostgresSettings& settings, FunctionRef<void(const SchemaStep&)> on_step,
                   const Progress& on_progress) {
  return in_plain_words("the schema cannot be changed", [&] {
    const std::string role = checked_service_role(settings);
    SchemaPlan plan = plan_and_run(
        settings, role, [](const SchemaPlan&) {}, on_step, on_progress);
    require_in_sight(settings, role);
    return plan;
  });
}

bool has_fitting_schema(const PostgresSettings& settings, const std::string& migrate_command) {
  return in_plain_words("the database cannot be used",
                        [&] { return look_as_service(settings, migrate_command).has_tables; });
}

void require_fitting_schema(const PostgresSettings& settings, const std::string& migrate_command,
                            const Progress& on_progress) {
  in_plain_words("the database cannot be used", [&] {
    const Look look = look_as_service(settings, migrate_command);
    if (look.has_tables) return;
    checked_service_role(settings);
    plan_and_run(
        settings, look.role,
        [&](const SchemaPlan& plan) { refuse_what_only_migrate_may_do(plan, look.role, migrate_command); },
        [](const SchemaStep&) {}, on_progress);
    if (on_progress) on_progress("the database had no tables yet: they were made");
    require_in_sight(settings, look.role);
  });
}

}  // namespace contactd::store
