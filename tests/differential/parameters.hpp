// Query parameters, from what the route table says that an endpoint takes.
#pragma once

#include <utility>
#include <vector>

#include "api/routes.hpp"
#include "memory.hpp"

namespace contactd::differential {

/// Encoded names and values. Throws std::logic_error for a parameter of which no values are known.
std::vector<std::pair<std::string, std::string>> parameters_for(const api::Route& route, Dice& dice, Memory& memory);

}  // namespace contactd::differential
