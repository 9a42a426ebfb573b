// Small operations on text that the normalisers share. ASCII only: other bytes are no letters and no digits.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace contactd::dedupe {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
}
constexpr char to_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}
constexpr bool is_letter(char c) {
  return is_upper(to_upper(c));
}
constexpr bool is_letter_or_digit(char c) {
  return is_letter(c) || is_digit(c);
}
/// The white space that a value may have around and between its parts.
constexpr bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

inline bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// Without blanks and the separators that people put between groups (hyphen, dot, slash), letters raised.
inline std::string compacted(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (!is_blank(c) && c != '-' && c != '.' && c != '/') out += to_upper(c);
  }
  return out;
}

/// Letters and digits alone, in lower case: the form in which keys and plain values are compared.
inline std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_letter_or_digit(c)) out += to_lower(c);
  }
  return out;
}

/// Whether `text` has the form: A a letter, 9 a digit, X either, anything else itself.
constexpr bool has_form(std::string_view text, std::string_view form) {
  if (text.size() != form.size()) return false;
  for (std::size_t at = 0; at < form.size(); ++at) {
    const char c = text[at];
    const bool fits = form[at] == 'A'   ? is_upper(c)
                      : form[at] == '9' ? is_digit(c)
                      : form[at] == 'X' ? is_upper(c) || is_digit(c)
                                        : c == form[at];
    if (!fits) return false;
  }
  return true;
}

}  // namespace contactd::dedupe
