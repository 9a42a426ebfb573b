// Decides what the claims of a token with a good signature amount to. Private to this room.
#pragma once

#include <cstdint>

#include "auth/json.hpp"
#include "auth/token.hpp"

namespace contactd::auth {

/// The rules of TokenVerifier::verify for the second part. `now` in Unix seconds.
TokenResult read_claims(const Json& claims, const TokenRules& rules, std::int64_t now);

/// Throws SetupError for rules under which no token could be good: an empty claim name, one name for two things, or one
/// of the names that RFC 7519 section 4.1 gives to times, issuer and audience.
void check_rules(const TokenRules& rules);

}  // namespace contactd::auth
