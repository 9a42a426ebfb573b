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
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

}  // namespace contactd::resource
