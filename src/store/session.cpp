// Tenants and their numbers; single values out of a statement.
#include "store/session.hpp"

namespace contactd::store {
namespace {

/// Tenants are never removed, so a number that was read once stays true; one that a rolled-back write gave is not kept.
std::int64_t number_for_write(Connection& connection, std::string_view tenant) {
  if (const auto number = tenant_number(connection, tenant)) return number;
  const Value values[] = {tenant};
  connection.run("INSERT INTO tenants (name) VALUES ($1)", values);
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

WriteSession::WriteSession(Connection& connection, const Caller& caller, StampSource& stamps)
    : Session(connection, caller, number_for_write(connection, caller.tenant)), stamps_(stamps) {}

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
