// Escaping of strings and formatting of whole numbers.
#include "resource/json_write.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace contactd::resource {
namespace {

/// What stands behind the backslash: 0 = not escaped, 'u' = \u00XX.
constexpr std::array<char, 256> escapes = [] {
  std::array<char, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = 'u';
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  table['"'] = '"';
  table['\\'] = '\\';
  return table;
}();

/// Makes room for that many bytes more, and gives its beginning.
char* extend(std::string& out, std::size_t bytes) {
  const std::size_t start = out.size();
  out.resize(start + bytes);
  return out.data() + start;
}

/// The text in quotes, character by character.
void append_escaped(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  std::size_t plain_from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const char escape = escapes[c];
    if (escape == 0) continue;
    out.append(text, plain_from, i - plain_from);
    out += '\\';
    out += escape;
    if (escape == 'u') {
      out += "00";
      out += hex[c >> 4];
      out += hex[c & 15];
    }
    plain_from = i + 1;
  }
  out.append(text, plain_from, text.size() - plain_from);
  out += '"';
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  const bool is_plain =
      std::none_of(text.begin(), text.end(), [](char c) { return escapes[static_cast<unsigned char>(c)] != 0; });
  if (!is_plain) return append_escaped(out, text);
  char* at = extend(out, text.size() + 2);
  *at++ = '"';
  at = std::copy(text.begin(), text.end(), at);
  *at = '"';
}

void append_json_member_name(std::string& out, std::string_view name, bool is_first) {
  char* at = extend(out, name.size() + (is_first ? 3 : 4));
  if (!is_first) *at++ = ',';
  *at++ = '"';
  at = std::copy(name.begin(), name.end(), at);
  *at++ = '"';
  *at = ':';
}

void append_json_integer(std::string& out, std::int64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

}  // namespace contactd::resource
