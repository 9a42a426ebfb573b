// White space, lengths and control characters.
#include "resource/text.hpp"

#include <algorithm>

namespace contactd::resource {
namespace {

constexpr std::string_view white_space = " \t\n\v\f\r";
bool is_white_space(char c) {
  return white_space.find(c) != std::string_view::npos;
}

}  // namespace

std::string fold_white_space(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  bool pending = false;
  for (const char c : text) {
    if (is_white_space(c)) {
      pending = !folded.empty();
    } else {
      if (pending) folded += ' ';
      pending = false;
      folded += c;
    }
  }
  return folded;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool has_control_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7F) return true;
    // U+0080 to U+009F are C2 80 to C2 9F in UTF-8.
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

}  // namespace contactd::resource
