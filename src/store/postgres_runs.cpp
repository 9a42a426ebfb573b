// Pauses with jitter; tenants are asked for once.
#include "store/postgres_runs.hpp"

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

namespace contactd::store {

bool may_run_again(const StoreError& error) {
  return error.kind == StoreError::Kind::again || error.kind == StoreError::Kind::conflict;
}

void pause_behind(int run) {
  thread_local std::mt19937 random{std::random_device{}()};
  std::uniform_int_distribution<int> microseconds(200, 4'000 << std::min(run, 5));
  std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
}

void roll_back(Connection& connection) {
  try {
    connection.rollback();
  } catch (const StoreError&) {
    // The connection is lost, and the transaction with it.
  }
}

std::int64_t number_of(Connection& connection, TenantNumbers& tenants, std::string_view tenant) {
  if (const auto known = tenants.find(tenant)) return *known;
  const std::int64_t number = tenant_number(connection, tenant);
  if (number != 0) tenants.keep(tenant, number);
  return number;
}

}  // namespace contactd::store
