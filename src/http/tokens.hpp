// The characters of HTTP: which bytes may stand in a token, a target or a value, and comparing without case.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace contactd::http {

using CharacterTable = std::array<bool, 256>;

constexpr CharacterTable characters(std::string_view others, bool letters_and_digits = true) {
  CharacterTable table{};
  if (letters_and_digits) {
    for (unsigned char c = 'a'; c <= 'z'; ++c) table[c] = table[c - 'a' + 'A'] = true;
    for (unsigned char c = '0'; c <= '9'; ++c) table[c] = true;
  }
  for (char c : others) table[static_cast<unsigned char>(c)] = true;
  return table;
}

/// tchar of RFC 9110 section 5.6.2: methods, field names, codings.
inline constexpr CharacterTable token_characters = characters("!#$%&'*+-.^_`|~");
inline constexpr CharacterTable hex_digits = characters("0123456789abcdefABCDEF", false);

inline bool is_in(const CharacterTable& table, char c) {
  return table[static_cast<unsigned char>(c)];
}

/// Whether every byte is in the table; true for no bytes at all.
inline bool all_in(const CharacterTable& table, std::string_view text) {
  for (char c : text) {
    if (!is_in(table, c)) return false;
  }
  return true;
}

inline bool is_token(std::string_view text) {
  return !text.empty() && all_in(token_characters, text);
}
inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// The value of a hexadecimal digit, or -1.
constexpr int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// A byte of a field value: visible, space, HTAB or obs-text (RFC 9110 section 5.5).
inline bool is_value_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte != 0x7F) || byte == '\t';
}

/// Whether every byte may stand in a field value. Eight bytes at a time: values are most of a head (a bearer token is).
inline bool is_field_value(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t highs = 0x8080808080808080U;
  while (text.size() >= 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data(), 8);
    const std::uint64_t below_space = (word - ones * 0x20) & ~word & highs;
    const std::uint64_t deletes = word ^ (ones * 0x7F);
    const std::uint64_t is_delete = (deletes - ones) & ~deletes & highs;
    if ((below_space | is_delete) != 0) {  // Perhaps only an HTAB: look closely.
      for (char c : text.substr(0, 8)) {
        if (!is_value_character(c)) return false;
      }
    }
    text.remove_prefix(8);
  }
  for (char c : text) {
    if (!is_value_character(c)) return false;
  }
  return true;
}

/// The text without spaces and HTABs at its ends.
inline std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

inline char lowered(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// Equality without regard to ASCII case.
inline bool equals_ignoring_case(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  for (std::size_t at = 0; at < left.size(); ++at) {
    if (lowered(left[at]) != lowered(right[at])) return false;
  }
  return true;
}

/// Calls `visit` with each member of a comma-separated list, trimmed; empty members too. No member is a quoted string
/// in the lists that are read here.
template <typename Visit>
void for_each_member(std::string_view list, Visit visit) {
  for (;;) {
    const std::size_t comma = list.find(',');
    visit(trimmed(list.substr(0, comma)));
    if (comma == std::string_view::npos) return;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace contactd::http
