// Plays the sandbox's past through the application itself, so that every rule, entry of history and key holds.
#pragma once

#include <functional>
#include <string>

#include "sandbox/plan.hpp"

namespace contactd::store {
class Store;
}

namespace contactd::sandbox {

struct FillSettings {
  std::string tenant;
  std::size_t threads = 32;  ///< They wait for the disk together: one commit answers many of them.
};

struct Summary {
  std::size_t contacts_made = 0;
  std::size_t requests_made = 0;  ///< Of all kinds, those that found everything there already not counted.
};

/// Called now and then, one call at a time, with the steps that are done; the last call has them all.
using Progress = std::function<void(std::size_t done, std::size_t of)>;

/// Does what is planned and not yet done. A contact is known by its ref_id, and what was done to it by the request ids
/// in its history: so an interrupted run goes on where it stopped, nothing is done twice, and what users have changed
/// since stays as it is. Throws std::runtime_error with what was answered when a request is refused.
Summary fill(store::Store& store, const Plan& plan, const FillSettings& settings, const Progress& progress);

}  // namespace contactd::sandbox
