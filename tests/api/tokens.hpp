// Tokens for the callers that scenarios name.
#pragma once

#include <string>
#include <string_view>

#include "auth/token.hpp"

namespace contactd::scenario {

/// A token for "user@tenant" (every scope) or "user@tenant [scope scope]", issued that many seconds from now.
std::string token_for(std::string_view caller, int seconds_from_now);

/// The tenant of "user@tenant [scopes]".
std::string tenant_of(std::string_view caller);

/// Believes those tokens.
auth::TokenVerifier make_verifier();

}  // namespace contactd::scenario
