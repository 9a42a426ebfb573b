// Running a piece of work again when others or the network were in its way, and what each connection knows of tenants.
#pragma once

#include <memory>
#include <string_view>

#include "store/session.hpp"

namespace contactd::store {

/// How often a piece of work is run before it is given up.
inline constexpr int runs_max = 5;

/// Whether another run may come to a better end.
bool may_run_again(const StoreError& error);

/// Longer each time, and never the same for two who were in each other's way.
void pause_behind(int run);

/// Whatever becomes of it: when the connection is lost, so is the transaction.
void roll_back(Connection& connection);

/// Calls `run`, at most so often, until it comes to an end that another run would not better. Throws what the last one
/// threw.
template <class Run>
void run_some_times(Connection& connection, int times_max, Run&& run) {
  for (int runs = 1;; ++runs) {
    try {
      return run();
    } catch (const StoreError& error) {
      roll_back(connection);
      if (!may_run_again(error) || runs == times_max) throw;
    } catch (...) {
      roll_back(connection);
      throw;
    }
    pause_behind(runs);
  }
}

/// The number of a tenant, 0 when it has none yet; `tenants` are those that this connection's server has told.
std::int64_t number_of(Connection& connection, TenantNumbers& tenants, std::string_view tenant);

}  // namespace contactd::store
