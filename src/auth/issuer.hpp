// The local development secret and the tokens that are signed with it: `contactd token`. Contract section 5.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "auth/token.hpp"

namespace contactd::auth {

/// The secret's bytes, from a file that holds them in base64url and perhaps a line end. Makes the file (32 random
/// bytes, mode 0600, on disk before this returns) when there is none; of two processes that try at once, both get the
/// same secret. Throws SetupError: the file cannot be read or made, is open to group or others, is not base64url, or is
/// under 32 bytes.
std::string load_or_create_dev_secret(const std::filesystem::path& path);

/// What a token shall say.
struct TokenWish {
  std::string tenant;               ///< ^[a-zA-Z0-9._-]{8,50}$
  std::string user;                 ///< the same
  std::string scopes;               ///< Space separated names of principal.hpp; see all_scopes().
  std::int64_t ttl_seconds = 3600;  ///< 1 to ttl_seconds_max.
};

inline constexpr std::int64_t ttl_seconds_max = 366LL * 24 * 60 * 60;

/// Every scope there is, as the `scope` claim spells them.
std::string all_scopes();

/// A token signed with HS256 that a TokenVerifier with the same rules and secret accepts from `now` (Unix seconds) on:
/// the claims bear the rules' names, iss and aud are there when the rules pin them. Throws SetupError naming what is
/// wrong with the wish.
std::string issue_token(const TokenWish& wish, std::string_view secret, std::int64_t now, const TokenRules& rules = {});

/// "30s", "15m", "1h", "7d" in seconds. Throws SetupError for anything else, for 0 and for more than ttl_seconds_max.
std::int64_t parse_ttl(std::string_view text);

}  // namespace contactd::auth
