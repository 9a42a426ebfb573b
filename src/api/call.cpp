// Refusals that every handler shares.
#include "api/call.hpp"

#include <algorithm>

#include "resource/text.hpp"

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

std::vector<std::string> Call::several(std::string_view parameter) const {
  std::vector<std::string> values;
  for (const auto& [name, text] : target.parameters) {
    if (name != parameter) continue;
    std::string_view rest = text;
    for (bool more = true; more;) {
      const auto comma = rest.find(',');
      std::string value = resource::fold_white_space(rest.substr(0, comma));
      more = comma != std::string_view::npos;
      if (more) rest.remove_prefix(comma + 1);
      if (!value.empty() && std::find(values.begin(), values.end(), value) == values.end()) {
        values.push_back(std::move(value));
      }
    }
  }
  return values;
}

void Call::refuse_parameters() const {
  if (target.parameters.empty()) return;
  throw Problem(unknown_parameters());
}

Problem json_problem(const resource::JsonError& error) {
  return Problem(problem_kind("invalid_json"), std::string(error.reason) + ", at byte " + std::to_string(error.offset));
}

}  // namespace contactd::api
