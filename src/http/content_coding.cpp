// Reads the members of Accept-Encoding: `gzip;q=0.5, *;q=0`.
#include "http/content_coding.hpp"

#include <algorithm>

#include "http/tokens.hpp"

namespace contactd::http {
namespace {

/// Whether the parameters behind a coding leave it a weight above zero: `;q=0`, `;q=0.000` do not.
bool is_wanted(std::string_view parameters) {
  if (parameters.empty()) return true;
  const auto equals = parameters.find('=');
  if (equals == std::string_view::npos || !equals_ignoring_case(trimmed(parameters.substr(0, equals)), "q")) {
    return false;
  }
  const std::string_view weight = trimmed(parameters.substr(equals + 1));
  return std::any_of(weight.begin(), weight.end(), [](char c) { return c >= '1' && c <= '9'; });
}

}  // namespace

bool accepts_gzip(const Request& request) {
  std::optional<bool> named;
  std::optional<bool> any;
  for (const HeaderField& field : request.headers) {
    if (!equals_ignoring_case(field.name, "accept-encoding")) continue;
    for_each_member(field.value, [&](std::string_view member) {
      const auto semicolon = member.find(';');
      const std::string_view coding = trimmed(member.substr(0, semicolon));
      const bool wanted =
          is_wanted(semicolon == std::string_view::npos ? std::string_view{} : member.substr(semicolon + 1));
      if (equals_ignoring_case(coding, "gzip") || equals_ignoring_case(coding, "x-gzip")) named = wanted;
      if (coding == "*") any = wanted;
    });
  }
  return named.value_or(any.value_or(false));
}

}  // namespace contactd::http
