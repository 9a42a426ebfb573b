// Comparing what was answered with what was expected, with placeholders for what cannot be known beforehand.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "resource/json_document.hpp"

namespace contactd::scenario {

/// Whether the text is the pattern, in which <id> stands for a ULID, <time> for a time, <number> for digits, <hex> for
/// hexadecimal digits and <any> for anything.
bool text_matches(std::string_view pattern, std::string_view text);

/// Where and how the value differs from the expected one; nothing when it does not. Members may stand in any order;
/// numbers must have the same text. The string "<any>" stands for any value, "<number>" for any number.
std::optional<std::string> difference(resource::JsonValue expected, resource::JsonValue actual,
                                      const std::string& at = "");

/// The values at a JSON Pointer; a segment `*` stands for every element or member.
std::vector<resource::JsonValue> values_at(resource::JsonValue root, std::string_view pointer);

std::string as_text(resource::JsonValue value);

}  // namespace contactd::scenario
