// The record of versions.
#include "store/rebuild.hpp"

namespace contactd::store {

std::string derived_version(Connection& connection, const std::string& name) {
  std::string version;
  const Value values[] = {std::string_view(name)};
  connection.run("SELECT version FROM derived_versions WHERE name = $1", values, [&](const Row& row) {
    version = std::string(row.text(0));
    return false;
  });
  return version;
}

void forget_derived_version(Connection& connection, const std::string& name) {
  const Value values[] = {std::string_view(name)};
  connection.run("DELETE FROM derived_versions WHERE name = $1", values);
}

void record_derived_version(Connection& connection, const std::string& name, const std::string& version) {
  const Value values[] = {std::string_view(name), std::string_view(version)};
  connection.begin_write();
  connection.run("INSERT INTO derived_versions (name, version) VALUES ($1, $2)", values);
  connection.commit();
}

std::vector<std::int64_t> all_tenants(Connection& connection) {
  std::vector<std::int64_t> tenants;
  connection.run("SELECT tenant_id FROM tenants ORDER BY tenant_id", {}, [&](const Row& row) {
    tenants.push_back(row.integer(0));
    return true;
  });
  return tenants;
}

}  // namespace contactd::store
