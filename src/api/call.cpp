// Refusals that every handler shares.
#include "api/call.hpp"

#include <algorithm>

namespace contactd::api {

Violations Call::unknown_parameters(std::initializer_list<std::string_view> known) const {
  Violations violations;
  for (const auto& [name, value] : target.parameters) {
    if (violations.size() >= violations_max) break;
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    violations.push_back({name, "unknown_parameter", "there is no such parameter here"});
  }
  return violations;
}

void Call::refuse_parameters() const {
  if (target.parameters.empty()) return;
  throw Problem(unknown_parameters());
}

Problem json_problem(const resource::JsonError& error) {
  return Problem(problem_kind("invalid_json"), std::string(error.reason) + ", at byte " + std::to_string(error.offset));
}

}  // namespace contactd::api
