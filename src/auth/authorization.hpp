// Reads the Authorization header (RFC 9110 section 11.6.2, RFC 6750 section 2.1) and words the challenge of a 401.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace contactd::auth {

/// What a request brought along to say who is asking.
struct Authorization {
  enum class Kind {
    none,       ///< No header, or another scheme than Bearer: no bearer token was sent.
    token,      ///< Bearer with something that has the shape of a token.
    malformed,  ///< Bearer without or with more than a token, or two Authorization fields of whatever scheme.
  };
  Kind kind = Kind::none;
  std::string_view token;  ///< Only for Kind::token; a view into the header's value.
};

/// `value` is the first Authorization field without the white space around it, `count` how many there are.
/// The scheme's name is case-insensitive; one or more spaces, then token68.
Authorization parse_authorization(std::optional<std::string_view> value, std::size_t count);

/// The value of WWW-Authenticate on a 401 (RFC 6750 section 3.1): `Bearer` alone when no bearer token was sent, with
/// `error="invalid_token"` when there was one, well-formed or not.
std::string_view challenge(Authorization::Kind kind);

}  // namespace contactd::auth
