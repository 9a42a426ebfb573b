// One Authorization field, taken apart.
#include "auth/authorization.hpp"

#include <algorithm>
#include <array>

namespace contactd::auth {
namespace {

constexpr std::string_view bearer = "bearer";

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char left, char right) {
    return (left >= 'A' && left <= 'Z' ? static_cast<char>(left - 'A' + 'a') : left) == right;
  });
}

constexpr std::array<unsigned char, 256> token68_characters = [] {
  std::array<unsigned char, 256> table{};
  for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/")) {
    table[static_cast<unsigned char>(c)] = 1;
  }
  return table;
}();

/// RFC 9110 section 11.2: one or more of the characters, then any number of `=`.
bool is_token68(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  unsigned char all = 1;  // Without a branch for each: tokens are long, and nearly all are well formed.
  for (const char c : text) all &= token68_characters[static_cast<unsigned char>(c)];
  return !text.empty() && all != 0;
}

}  // namespace

Authorization parse_authorization(std::optional<std::string_view> value, std::size_t count) {
  if (count > 1) return {Authorization::Kind::malformed, {}};
  if (!value || count == 0) return {};
  const std::size_t scheme_end = std::min(value->find_first_of(" \t"), value->size());
  if (!equals_ignoring_case(value->substr(0, scheme_end), bearer)) return {};
  const std::string_view rest = value->substr(scheme_end);
  const std::string_view token = rest.substr(std::min(rest.find_first_not_of(' '), rest.size()));
  if (!is_token68(token)) return {Authorization::Kind::malformed, {}};
  return {Authorization::Kind::token, token};
}

std::string_view challenge(Authorization::Kind kind) {
  return kind == Authorization::Kind::none ? "Bearer" : "Bearer error=\"invalid_token\"";
}

}  // namespace contactd::auth
