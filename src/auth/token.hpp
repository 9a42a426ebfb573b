// Checks a bearer token (a JWT signed as RFC 7515 says) and gives who is asking. Contract section 1.5, RFC 8725.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "auth/keys.hpp"
#include "auth/principal.hpp"

namespace contactd::auth {

/// Why a token was not believed. Every one is a 401.
enum class TokenError : std::uint8_t {
  too_large,  ///< Over token_bytes_max.
  malformed,  ///< Not three parts of canonical base64url, or a part is not a JSON object without repeated names.
  unsupported_header,  ///< jku, jwk, x5u, x5c or crit is present, or the token is of another type.
  unknown_key,         ///< No key has its kid, it has none where one is needed, or one where none is known.
  wrong_algorithm,     ///< alg is not the key's: `none` and HS256 with a public key end here.
  bad_signature,
  bad_claims,  ///< A claim is missing, of the wrong JSON type, or does not match its pattern.
  expired,
  not_yet_valid,  ///< nbf or iat lies more than 60 s ahead.
  wrong_issuer,
  wrong_audience,
};

/// A sentence for the detail of the 401 and for the log; never holds anything of the token.
std::string_view token_error_text(TokenError error);

using TokenResult = std::variant<Principal, TokenError>;

/// Settings of contract section 5.
struct TokenRules {
  std::string issuer;                      ///< `iss` must equal it; empty: any, or none.
  std::string audience;                    ///< `aud` must be or hold it; empty: any, or none.
  std::string tenant_claim = "tenant_id";  ///< A member of the claims by its plain name; no paths.
  std::string user_claim = "user_id";      ///< When the token has no such claim, `sub` stands in.
  std::string scope_claim = "scope";       ///< One string, space separated; absent: no scopes.
};

inline constexpr std::size_t token_bytes_max = 8 * 1024;
inline constexpr std::int64_t clock_leeway_seconds = 60;  ///< For nbf and iat; exp has none.

/// Safe to use from many threads at once. A check costs one signature verification (ES256: about 0.1 ms), so that
/// I/O threads keep a VerifiedTokens in front of it.
class TokenVerifier {
 public:
  TokenVerifier(std::shared_ptr<KeySource> keys, TokenRules rules);

  /// `now` in Unix seconds. The claims are not looked at before the signature has proved true.
  ///
  /// Header: `typ` absent, `JWT` or `at+jwt` (any case, with or without `application/`): keys of an issuer
  /// sign other things too, and those are no access tokens. Unknown members are ignored.
  /// Claims: `exp` required; `nbf`, `iat` optional; the three are JSON numbers from 0 to 2^53, fractions allowed.
  TokenResult verify(std::string_view token, std::int64_t now) const;

  /// Of the current keys. What was accepted under another generation has to be verified again.
  std::uint64_t generation() const { return keys_->generation(); }

 private:
  std::shared_ptr<KeySource> keys_;
  TokenRules rules_;
};

}  // namespace contactd::auth
