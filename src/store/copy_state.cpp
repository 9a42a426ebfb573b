// The mark is a table of its own, so that a look at the names of the tables finds it.
#include "store/copy_state.hpp"

#include <array>
#include <cstdio>

#include "store/copy_reader.hpp"
#include "store/rebuild.hpp"
#include "store/schema_plan.hpp"
#include "store/schema_record.hpp"

namespace contactd::store {
namespace {

bool has_versions(const CopiedTable& table) {
  for (const ColumnShape& column : table.columns) {
    if (column.name == "version") return true;
  }
  return false;
}

void add_tenants_table(Connection& source, const CopiedTable& table, std::int64_t tenant, SourceState& state,
                       RowHash& hash) {
  const std::string sql = "SELECT COUNT(*), MAX(" + table.key.back() + ")" +
                          (has_versions(table) ? ", SUM(version)" : ", 0") + " FROM " + table.name + " WHERE " +
                          tenant_wall(table.name);
  const Value values[] = {tenant};
  source.run(sql, values, [&](const Row& row) {
    const std::int64_t count = row.integer(0);
    state.rows[table.name][tenant] = count;
    state.all_rows += count;
    hash.add(count);
    hash.add(value_of(row, 1, true));
    hash.add(row.integer(2));
    return false;
  });
}

void add_store_table(Connection& source, const CopiedTable& table, SourceState& state, RowHash& hash) {
  source.run(page_sql(table), {}, [&](const Row& row) {
    ++state.rows[table.name][0];
    ++state.all_rows;
    hash.add(static_cast<std::int64_t>(hash_of(row, table.columns)));
    return true;
  });
}

}  // namespace

std::uint64_t secrets_hash(Connection& connection, const std::vector<CopiedTable>& tables) {
  RowHash hash;
  for (const CopiedTable& table : tables) {
    if (table.name != "secrets") continue;
    connection.run(page_sql(table), {}, [&](const Row& row) {
      hash.add(static_cast<std::int64_t>(hash_of(row, table.columns)));
      return true;
    });
  }
  return hash.value();
}

std::string name_of_tenant(Connection& connection, std::int64_t tenant) {
  std::string name;
  const Value values[] = {tenant};
  connection.run("SELECT name FROM tenants WHERE tenant_id = $1", values, [&](const Row& row) {
    name = std::string(row.text(0));
    return false;
  });
  return name;
}

SourceState source_state(Connection& source, const std::vector<CopiedTable>& tables) {
  SourceState state;
  RowHash hash;
  hash.add(std::string_view(shapes_as_text()));
  for (const CopiedTable& table : tables) {
    if (!table.is_of_tenants) add_store_table(source, table, state, hash);
  }
  state.secrets = secrets_hash(source, tables);
  state.tenants = all_tenants(source);
  for (const std::int64_t tenant : state.tenants) {
    source.enter_tenant(tenant);
    for (const CopiedTable& table : tables) {
      if (table.is_of_tenants) add_tenants_table(source, table, tenant, state, hash);
    }
  }
  std::array<char, 17> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(hash.value()));
  state.fingerprint = digits.data();
  return state;
}

std::optional<std::string> unfinished_copy_of(Connection& target) {
  if (!has_object(target.objects(), unfinished_copy_table)) return std::nullopt;
  std::optional<std::string> fingerprint;
  target.run("SELECT source FROM " + std::string(unfinished_copy_table), {}, [&](const Row& row) {
    fingerprint = std::string(row.text(0));
    return false;
  });
  return fingerprint;
}

void mark_unfinished(Connection& target, const std::string& fingerprint) {
  const std::string table(unfinished_copy_table);
  target.run("CREATE TABLE " + table + " (source TEXT NOT NULL)");
  const Value values[] = {std::string_view(fingerprint)};
  target.run("INSERT INTO " + table + " (source) VALUES ($1)", values);
}

void remove_mark(Connection& target) {
  target.run("DROP TABLE " + std::string(unfinished_copy_table));
}

}  // namespace contactd::store
