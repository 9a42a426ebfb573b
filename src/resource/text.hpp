// Small operations on UTF-8 text that rules and parameters share.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace contactd::resource {

/// Drops ASCII white space at both ends and makes each inner run of it one space (contract section 1.2).
std::string fold_white_space(std::string_view text);
/// Unicode code points in valid UTF-8.
std::size_t code_points(std::string_view text);
/// Whether valid UTF-8 has a control character (Unicode Cc: U+0000 to U+001F, U+007F to U+009F).
bool has_control_character(std::string_view text);
/// Whether it has U+0000, which no store column takes.
inline bool has_nul(std::string_view text) {
  return text.find('\0') != std::string_view::npos;
}

}  // namespace contactd::resource
