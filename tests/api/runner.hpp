// Runs the steps of a scenario on a service of its own.
#pragma once

#include "client.hpp"

namespace contactd::scenario {

/// Runs all steps; everything that is not as expected is a failure of the running test, at the step's file and line.
/// Gives the number of requests that were made.
std::size_t run(const Scenario& scenario, const StoreKind& kind);

}  // namespace contactd::scenario
