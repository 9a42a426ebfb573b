// A request of a sequence, so that it can be played again without those before it: ids and the like stand by name.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "api/routes.hpp"
#include "scenario.hpp"

namespace contactd::differential {

using scenario::Names;

/// What later steps may use of the answer to step 7 is called `{id7}`, `{etag7}` and so on.
inline constexpr std::string_view kept_kinds[] = {"id", "prop", "at", "etag", "cursor", "body"};

struct Step {
  int number = 0;
  const api::Route* route = nullptr;  ///< What it was made for; its method and path may be others.
  std::string path = {};              ///< Encoded; names stand in braces.
  std::vector<std::pair<std::string, std::string>> parameters = {};  ///< Encoded.
  scenario::RequestPattern request = {};                             ///< All but its target.
  std::string subject = {};                                          ///< The name of the resource in the path, `{id7}`.
  std::int64_t microseconds = 0;                                     ///< That pass before it.

  std::string target() const {
    std::string text = path;
    for (const auto& [name, value] : parameters)
      text += (&name == &parameters.front().first ? "?" : "&") + name + "=" + value;
    return text;
  }
};

using Steps = std::vector<Step>;

}  // namespace contactd::differential
