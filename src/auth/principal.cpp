// The spellings of scopes and the pattern of identities.
#include "auth/principal.hpp"

#include <algorithm>
#include <array>

namespace contactd::auth {
namespace {

/// In the order of Scope; `none` has no spelling, so that no token can name it.
constexpr std::array<std::string_view, 5> scope_names{"", "contacts:read", "contacts:write", "contacts:approve",
                                                      "namespaces:write"};

constexpr bool is_identity_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

}  // namespace

std::string_view scope_name(Scope scope) {
  return scope_names[static_cast<std::size_t>(scope)];
}

std::optional<Scope> scope_named(std::string_view name) {
  const auto* const found = std::find(scope_names.begin() + 1, scope_names.end(), name);
  if (found == scope_names.end()) return std::nullopt;
  return static_cast<Scope>(found - scope_names.begin());
}

bool is_identity(std::string_view text) {
  return text.size() >= 8 && text.size() <= 50 && std::all_of(text.begin(), text.end(), is_identity_character);
}

}  // namespace contactd::auth
