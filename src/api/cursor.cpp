// `i<number>` or `s<text>` or `-`, a NUL, and the id.
#include "api/cursor.hpp"

#include <charconv>

namespace contactd::api {

std::string position_text(const store::Position& position) {
  std::string text;
  if (const auto* number = std::get_if<std::int64_t>(&position.value)) {
    text = "i" + std::to_string(*number);
  } else {
    text = "s" + std::get<std::string>(position.value);
  }
  text += '\0';
  return text + position.id;
}

std::optional<store::Position> parse_position(std::string_view text) {
  const auto end = text.find('\0');
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  store::Position position;
  position.id = std::string(text.substr(end + 1));
  const std::string_view value = text.substr(1, end - 1);
  if (text.front() == 's') {
    position.value = std::string(value);
    return position;
  }
  std::int64_t number = 0;
  if (std::from_chars(value.data(), value.data() + value.size(), number).ec != std::errc{}) return std::nullopt;
  position.value = number;
  return position;
}

}  // namespace contactd::api
