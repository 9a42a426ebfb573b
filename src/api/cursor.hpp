// Where a walk through a list stands, as text for a cursor's payload.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/query.hpp"

namespace contactd::api {

std::string position_text(const store::Position& position);
/// Nothing when the text is not what `position_text` makes.
std::optional<store::Position> parse_position(std::string_view text);

}  // namespace contactd::api
