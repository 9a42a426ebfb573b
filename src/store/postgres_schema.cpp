// Search tables, and rights.
#include "store/postgres_schema.hpp"

#include <map>

#include "store/postgres_rebuild.hpp"
#include "store/postgres_search.hpp"
#include "store/schema_record.hpp"
#include "store/search_changes.hpp"

namespace contactd::store {
namespace {

constexpr std::string_view found_types = "(bigint, bigint[], json)";
constexpr std::string_view bearers_types = "(bigint, bigint[], bigint)";

std::string function(const std::string& name, std::string_view types, const std::string& parameters,
                     const std::string& returns, const std::string& body) {
  return "CREATE OR REPLACE FUNCTION " + name + "(" + parameters + ") RETURNS " + returns +
         " LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT SET plan_cache_mode = "
         "force_custom_plan AS $body$ " +
         body + " $body$; REVOKE ALL ON FUNCTION " + name + std::string(types) + " FROM PUBLIC";
}

std::string quoted_name(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

/// Pairs of an object and a right, as the rows of VALUES.
class WantedRights {
 public:
  void add(const std::string& object, std::initializer_list<std::string_view> rights) {
    for (const std::string_view right : rights) {
      rows_ += (rows_.empty() ? "('" : ", ('") + object + "', '" + std::string(right) + "')";
    }
  }
  /// The statements that give what the role lacks; `kind` and `finder` are the words of PostgreSQL.
  void add_missing(Connection& connection, const std::string& role, const std::string& kind, const std::string& finder,
                   std::vector<std::string>& statements) const {
    std::map<std::string, std::string> missing;
    const Value values[] = {std::string_view(role)};
    connection.run("SELECT object, wanted_right FROM (VALUES " + rows_ +
                       ") AS wanted (object, wanted_right) WHERE has_" + kind + "_privilege($1::name, " + finder +
                       "(object), wanted_right) IS NOT TRUE",
                   values, [&](const Row& row) {
                     std::string& rights = missing[std::string(row.text(0))];
                     rights += (rights.empty() ? "" : ", ") + std::string(row.text(1));
                     return true;
                   });
    for (const auto& [object, rights] : missing) {
      statements.push_back("GRANT " + rights + " ON " + kind + " " + object + " TO " + quoted_name(role));
    }
  }

 private:
  std::string rows_;
};

}  // namespace

std::string text_of(Connection& connection, std::string_view sql, std::span<const Value> values) {
  std::string text;
  connection.run(sql, values, [&](const Row& row) {
    text = std::string(row.text(0));
    return false;
  });
  return text;
}

/// Operators such as @> may not come before the wall, so that an index could not serve a search behind it. So the
/// table's owner is let through, and these functions, which are the owner's, have the wall in their conditions and give
/// ids alone.
std::vector<std::string> functions_into(const TableShape& search) {
  constexpr std::string_view ending = "_search";
  if (!search.name.ends_with(ending)) return {};
  const std::string table = search.name.substr(0, search.name.size() - ending.size());
  const std::string from = "FROM " + search.name + " AS s WHERE s.tenant_id = tenant AND s." +
                           std::string(of_this_tenant) + " AND s.tokens @> ";
  return {function(found_function(table), found_types, "tenant bigint, wanted bigint[], words json", "SETOF text",
                   "DECLARE sought text[] := ARRAY(SELECT json_array_elements_text(words)); BEGIN RETURN QUERY SELECT "
                   "s.id " +
                       from +
                       "wanted AND NOT EXISTS (SELECT 1 FROM unnest(sought) AS w(word) WHERE strpos(s.words, w.word) = "
                       "0); END"),
          function(bearers_function(table), bearers_types, "tenant bigint, wanted bigint[], rows_max bigint",
                   "TABLE (lookup bigint, bearer text)",
                   "BEGIN FOR n IN 1 .. cardinality(wanted) LOOP RETURN QUERY WITH bearing AS MATERIALIZED (SELECT "
                   "s.id " +
                       from +
                       "ARRAY[wanted[n]]) SELECT n::bigint, bearing.id FROM bearing ORDER BY bearing.id DESC LIMIT "
                       "rows_max; END LOOP; END")};
}

std::vector<TableShape> postgres_search_tables() {
  std::vector<TableShape> tables;
  for (const std::string& table : searched_tables()) {
    const std::string name = search_table(table);
    tables.push_back({name,
                      {{"tenant_id", "BIGINT NOT NULL"},
                       {"id", "TEXT NOT NULL"},
                       {"tokens", "BIGINT[] NOT NULL"},
                       {"words", "TEXT NOT NULL"}},
                      {"PRIMARY KEY (tenant_id, id)"},
                      {"CREATE INDEX IF NOT EXISTS " + name + "_by_tokens ON " + name + " USING gin (tokens)"}});
  }
  return tables;
}

std::vector<std::string> missing_rights(Connection& connection, const std::string& role) {
  std::vector<std::string> statements;
  const Value values[] = {std::string_view(role)};
  const std::string closed_schema = text_of(connection,
                                            "SELECT current_schema() WHERE has_schema_privilege($1::name, "
                                            "current_schema(), 'USAGE') IS FALSE",
                                            values);
  if (!closed_schema.empty()) {
    statements.push_back("GRANT USAGE ON SCHEMA " + quoted_name(closed_schema) + " TO " + quoted_name(role));
  }
  WantedRights on_tables, on_functions;
  for (const TableShape& table : record_tables()) on_tables.add(table.name, {"SELECT"});
  for (const auto& tables : {postgres_tables(), postgres_search_tables()}) {
    for (const TableShape& table : tables) {
      on_tables.add(table.name, {"SELECT"});
      if (is_walled(table)) on_tables.add(table.name, {"INSERT", "UPDATE", "DELETE"});
    }
  }
  for (const char* const table : {"tenants", "secrets"}) on_tables.add(table, {"INSERT"});
  for (const std::string& table : searched_tables()) {
    on_functions.add(found_function(table) + std::string(found_types), {"EXECUTE"});
    on_functions.add(bearers_function(table) + std::string(bearers_types), {"EXECUTE"});
  }
  on_tables.add_missing(connection, role, "TABLE", "to_regclass", statements);
  on_functions.add_missing(connection, role, "FUNCTION", "to_regprocedure", statements);
  return statements;
}

}  // namespace contactd::store
