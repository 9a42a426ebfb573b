// Comparing a database with the descriptions, and bringing it there.
#include "store/postgres_schema.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "store/postgres_rebuild.hpp"
#include "store/postgres_search.hpp"
#include "store/search_changes.hpp"

namespace contactd::store {
namespace {

using Columns = std::map<std::string, std::string>;  ///< Types by name.
using Recorded = std::map<std::string, Columns>;     ///< By table.

const TableShape record_table{
    "schema_columns",
    {{"table_name", "TEXT NOT NULL"}, {"column_name", "TEXT NOT NULL"}, {"type", "TEXT NOT NULL"}},
    {"PRIMARY KEY (table_name, column_name)"},
    {}};

/// A transaction that has not said which tenant it works for sees nothing.
constexpr const char* of_this_tenant = "tenant_id = NULLIF(current_setting('contactd.tenant', true), '')::bigint";

/// Held while the schema is looked at and changed: "contactd" in bytes.
constexpr const char* alone = "SELECT pg_advisory_xact_lock(7165916604736876644)";

std::string text_of(Connection& connection, const std::string& sql, std::span<const Value> values = {}) {
  std::string text;
  connection.run(sql, values, [&](const Row& row) {
    text = std::string(row.text(0));
    return false;
  });
  return text;
}

bool has_table(Connection& connection, const std::string& name) {
  const Value values[] = {std::string_view(name)};
  return !text_of(connection, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1",
                  values)
              .empty();
}

Recorded recorded_columns(Connection& connection) {
  Recorded recorded;
  connection.run("SELECT table_name, column_name, type FROM schema_columns", {}, [&](const Row& row) {
    recorded[std::string(row.text(0))].emplace(row.text(1), row.text(2));
    return true;
  });
  return recorded;
}

[[noreturn]] void refuse(const std::string& table, const std::string& column, const std::string& why) {
  throw std::runtime_error("the database's table " + table + " does not fit this version: column " + column + " " +
                           why + "; run the version of contactd that made it, or migrate it");
}

/// The columns of a table that is there which have still to be added; throws when that does not make it fit.
std::vector<ColumnShape> missing_columns(const TableShape& table, Columns recorded) {
  std::vector<ColumnShape> missing;
  for (const ColumnShape& column : table.columns) {
    const auto known = recorded.find(column.name);
    if (known == recorded.end()) {
      if (!column.is_optional()) refuse(table.name, column.name, "is missing and has no default");
      missing.push_back(column);
      continue;
    }
    if (known->second != column.type) refuse(table.name, column.name, "is kept as " + known->second);
    recorded.erase(known);
  }
  if (!recorded.empty()) refuse(table.name, recorded.begin()->first, "is not known");
  return missing;
}

/// Somebody else's tables must not become ours.
void refuse_strangers(Connection& connection) {
  for (const TableShape& table : postgres_tables()) {
    if (!has_table(connection, table.name)) continue;
    throw std::runtime_error("the database has a table " + table.name +
                             " that contactd has not made; name an empty database, or a schema of its own with "
                             "options=-csearch_path%3DNAME in the URL");
  }
}

bool has_wall(const TableShape& table) {
  return table.name != "tenants" && table.columns.front().name == "tenant_id";
}

/// `forced`: the wall holds for the owner of the table too.
void put_wall(Connection& connection, const std::string& table, bool forced) {
  connection.run("ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY");
  if (forced) connection.run("ALTER TABLE " + table + " FORCE ROW LEVEL SECURITY");
  connection.run("CREATE POLICY tenant_wall ON " + table + " USING (" + of_this_tenant + ")");
}

void record_column(Connection& connection, const std::string& table, const ColumnShape& column) {
  const Value values[] = {std::string_view(table), std::string_view(column.name), std::string_view(column.type)};
  connection.run("INSERT INTO schema_columns (table_name, column_name, type) VALUES ($1, $2, $3)", values);
}

void make_table(Connection& connection, const TableShape& table) {
  connection.run(create_postgres_table_sql(table));
  for (const ColumnShape& column : table.columns) record_column(connection, table.name, column);
  if (has_wall(table)) put_wall(connection, table.name, true);
}

/// Operators such as @> may not come before the wall, so that an index could not serve a search behind it. So the
/// table's owner is let through, and these functions, which are the owner's, have the wall in their conditions and give
/// ids alone.
void make_search(Connection& connection, const std::string& table, const std::string& schema) {
  const std::string search = search_table(table);
  const std::string tail = " LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = " + schema +
                           ", pg_temp SET plan_cache_mode = force_custom_plan AS $body$ ";
  const std::string wall = " WHERE s.tenant_id = tenant AND s." + std::string(of_this_tenant);
  connection.run("CREATE TABLE " + search +
                 " (tenant_id BIGINT NOT NULL, id TEXT COLLATE \"C\" NOT NULL, tokens "
                 "BIGINT[] NOT NULL, words TEXT NOT NULL, PRIMARY KEY (tenant_id, id))");
  connection.run("CREATE INDEX " + search + "_by_tokens ON " + search + " USING gin (tokens)");
  put_wall(connection, search, false);
  const std::string found = found_function(table) + "(tenant bigint, wanted bigint[], words json)";
  connection.run(
      "CREATE FUNCTION " + found + " RETURNS SETOF text" + tail +
      "DECLARE sought text[] := ARRAY(SELECT json_array_elements_text(words)); BEGIN RETURN QUERY SELECT s.id "
      "FROM " +
      search + " AS s" + wall +
      " AND s.tokens @> wanted AND NOT EXISTS (SELECT 1 FROM unnest(sought) AS w(word) WHERE "
      "strpos(s.words, w.word) = 0); END $body$");
  const std::string bearers = bearers_function(table) + "(tenant bigint, wanted bigint[], rows_max bigint)";
  connection.run(
      "CREATE FUNCTION " + bearers + " RETURNS TABLE (lookup bigint, bearer text)" + tail +
      "BEGIN FOR n IN 1 .. cardinality(wanted) LOOP RETURN QUERY WITH bearing AS MATERIALIZED (SELECT s.id "
      "FROM " +
      search + " AS s" + wall +
      " AND s.tokens @> ARRAY[wanted[n]]) SELECT n::bigint, bearing.id FROM bearing ORDER BY bearing.id DESC "
      "LIMIT rows_max; END LOOP; END $body$");
  for (const std::string& function : {found, bearers}) {
    connection.run("REVOKE ALL ON FUNCTION " + function + " FROM PUBLIC");
  }
}

void make_all(Connection& connection) {
  refuse_strangers(connection);
  const std::string schema = text_of(connection, "SELECT quote_ident(current_schema())");
  if (schema.empty()) {
    throw std::runtime_error("the role's search_path names no schema that is there; make one, or give the right to it");
  }
  connection.run(create_postgres_table_sql(record_table));
  for (const TableShape& table : postgres_tables()) {
    make_table(connection, table);
    for (const std::string& index : table.indexes) connection.run(index);
  }
  for (const std::string& table : searched_tables()) make_search(connection, table, schema);
}

void add_missing_columns(Connection& connection) {
  Recorded recorded = recorded_columns(connection);
  for (const TableShape& table : postgres_tables()) {
    if (!recorded.contains(table.name)) {
      make_table(connection, table);
    } else {
      for (const ColumnShape& column : missing_columns(table, std::move(recorded[table.name]))) {
        connection.run("ALTER TABLE " + table.name + " ADD COLUMN " + column.name + " " +
                       (column.type == "TEXT" ? "TEXT COLLATE \"C\"" : column.type));
        record_column(connection, table.name, column);
      }
    }
    for (const std::string& index : table.indexes) connection.run(index);
  }
}

/// Reads and writes of rows, and nothing of the schema.
void grant_rights(Connection& connection, const std::string& service_role) {
  const Value values[] = {std::string_view(service_role)};
  if (text_of(connection, "SELECT current_user") == service_role) return;
  const std::string role = text_of(connection, "SELECT quote_ident($1)", values);
  const std::string schema = text_of(connection, "SELECT quote_ident(current_schema())");
  connection.run("GRANT USAGE ON SCHEMA " + schema + " TO " + role);
  for (const TableShape& table : postgres_tables()) {
    const bool keeps_rows = has_wall(table);
    connection.run("GRANT SELECT" + std::string(keeps_rows ? ", INSERT, UPDATE, DELETE" : "") + " ON " + table.name +
                   " TO " + role);
  }
  connection.run("GRANT SELECT ON " + record_table.name + " TO " + role);
  connection.run("GRANT INSERT ON tenants, secrets TO " + role);
  for (const std::string& table : searched_tables()) {
    connection.run("GRANT SELECT, INSERT, UPDATE, DELETE ON " + search_table(table) + " TO " + role);
    connection.run("GRANT EXECUTE ON FUNCTION " + found_function(table) + ", " + bearers_function(table) + " TO " +
                   role);
  }
}

}  // namespace

std::optional<std::string> missing_in_postgres(Connection& connection) {
  if (!has_table(connection, record_table.name)) {
    refuse_strangers(connection);
    return "has no tables yet";
  }
  Recorded recorded = recorded_columns(connection);
  std::optional<std::string> missing;
  for (const TableShape& table : postgres_tables()) {
    if (!recorded.contains(table.name)) {
      missing = "lacks the table " + table.name;
      continue;
    }
    for (const ColumnShape& column : missing_columns(table, std::move(recorded[table.name]))) {
      missing = "lacks the column " + column.name + " of " + table.name;
    }
  }
  if (!missing) missing = stale_search(connection);
  return missing;
}

void prepare_postgres_schema(Connection& connection, const std::string& service_role, const Progress& on_progress) {
  connection.begin_write();
  try {
    connection.run(alone);
    if (has_table(connection, record_table.name)) {
      add_missing_columns(connection);
    } else {
      make_all(connection);
    }
    make_search_anew(connection, on_progress);
    grant_rights(connection, service_role);
    connection.commit();
  } catch (const StoreError& error) {
    connection.rollback();
    throw std::runtime_error("the schema cannot be made: " + std::string(error.what()) +
                             "; it takes a role that owns the database: name one with --owner-store");
  } catch (...) {
    connection.rollback();
    throw;
  }
}

}  // namespace contactd::store
