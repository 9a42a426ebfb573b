// Reads one JWK (RFC 7517 section 4) and decides whether it is a key for us. Private to this room.
#pragma once

#include <memory>
#include <string>

#include "auth/json.hpp"
#include "auth/keys.hpp"

namespace contactd::auth {

struct Jwk {
  std::string kid;                 ///< Empty when the JWK has none.
  std::shared_ptr<const Key> key;  ///< Null when the JWK is not for us: see why.
  std::string passed_over;         ///< Why there is no key.
};

/// Throws SetupError, without saying which key of the set it is, for a JWK whose members have the wrong type or whose
/// material is malformed. The rules are those of KeySet::from_jwks.
Jwk read_jwk(const Json& jwk);

}  // namespace contactd::auth
