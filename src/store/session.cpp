// Tenants and their numbers; single values out of a statement.
#include "store/session.hpp"

namespace contactd::store {
namespace {

std::int64_t number_for_write(Connection& connection, std::string_view tenant, const TenantNumbers& tenants) {
  if (const auto known = tenants.find(tenant)) return *known;
  if (const auto number = tenant_number(connection, tenant)) return number;
  const Value values[] = {tenant};
  connection.run("INSERT INTO tenants (name) VALUES ($1) ON CONFLICT (name) DO NOTHING", values);
  return tenant_number(connection, tenant);
}

}  // namespace

std::int64_t tenant_number(Connection& connection, std::string_view tenant) {
  std::int64_t number = 0;
  const Value values[] = {tenant};
  connection.run("SELECT tenant_id FROM tenants WHERE name = $1", values, [&](const Row& row) {
    number = row.integer(0);
    return false;
  });
  return number;
}

WriteSession::WriteSession(Connection& connection, const Caller& caller, StampSource& stamps,
                           const TenantNumbers& tenants)
    : Session(connection, caller, number_for_write(connection, caller.tenant, tenants)), stamps_(stamps) {
  locks_rows_ = dialect().has_other_writers;
}

void Session::run_by_id(const SelectById& select, std::span<const std::string> ids, RowVisitor visit) {
  const std::vector<std::string_view> views(ids.begin(), ids.end());
  connection_.run_by_id(select, tenant_number_, views, visit);
}

std::optional<std::int64_t> Session::first_integer(std::string_view sql, const Values& values) {
  std::optional<std::int64_t> first;
  run(sql, values, [&](const Row& row) {
    first = row.integer(0);
    return false;
  });
  return first;
}

std::optional<std::string> Session::first_text(std::string_view sql, const Values& values) {
  std::optional<std::string> first;
  run(sql, values, [&](const Row& row) {
    first = std::string(row.text(0));
    return false;
  });
  return first;
}

}  // namespace contactd::store
