// Who is asking, as the token says; and why a token was not believed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace contactd::auth {

/// What a route may ask for. Contract section 1.5. None implies another.
enum class Scope : std::uint8_t { none, contacts_read, contacts_write, contacts_approve, namespaces_write };

/// The scope's spelling in a token: "contacts:read", …
std::string_view scope_name(Scope scope);

/// The scope of that spelling; nothing when it is no scope of ours.
std::optional<Scope> scope_named(std::string_view name);

/// ^[a-zA-Z0-9._-]{8,50}$: the pattern of tenants and users.
bool is_identity(std::string_view text);

struct Principal {
  std::string tenant;           ///< ^[a-zA-Z0-9._-]{8,50}$
  std::string user;             ///< the same pattern
  std::uint8_t scopes = 0;      ///< one bit per Scope; unknown scopes in the token are passed over
  std::int64_t expires_at = 0;  ///< Unix seconds; the token is refused from this second on (no leeway)

  bool may(Scope scope) const { return scope == Scope::none || (scopes & (1u << static_cast<unsigned>(scope))) != 0; }
  void grant(Scope scope) { scopes = static_cast<std::uint8_t>(scopes | (1u << static_cast<unsigned>(scope))); }
};

}  // namespace contactd::auth
