// The way of a token: split, header, key, signature, and only then its claims.
#include "auth/token.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "auth/base64url.hpp"
#include "auth/claims.hpp"
#include "auth/json.hpp"

namespace contactd::auth {
namespace {

/// The three parts of the compact serialization (RFC 7515 section 7.1), and the first two as they were signed.
struct Parts {
  std::string_view header, claims, signature, signed_text;
};

std::optional<Parts> split(std::string_view token) {
  const std::size_t first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) return std::nullopt;
  return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1),
               token.substr(0, second)};
}

std::optional<Json> decode_object(std::string_view part) {
  const auto bytes = base64url_decode(part);
  if (!bytes) return std::nullopt;
  auto json = parse_json(*bytes);
  if (!json || !json->is(Json::Kind::object)) return std::nullopt;
  return json;
}

bool is_token_type(std::string type) {
  for (char& c : type) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  // RFC 7515 section 4.1.9 lets a type without a slash leave out its "application/".
  std::string_view name = type;
  if (constexpr std::string_view prefix = "application/"; name.starts_with(prefix)) name.remove_prefix(prefix.size());
  return name == "jwt" || name == "at+jwt";
}

/// The members of a header that say which key to take; checked for everything that must not be there.
struct Header {
  std::string algorithm;
  std::optional<std::string> kid;
};

std::variant<Header, TokenError> read_header(const Json& json) {
  // Keys come from our own set alone, never from where the token points; and we know no extension that a `crit` could
  // name.
  static constexpr std::array<std::string_view, 5> refused{"jku", "jwk", "x5u", "x5c", "crit"};
  const auto present = [&](std::string_view name) { return json.find(name) != nullptr; };
  if (std::any_of(refused.begin(), refused.end(), present)) return TokenError::unsupported_header;
  const Json* const alg = json.find("alg");
  const Json* const kid = json.find("kid");
  const Json* const typ = json.find("typ");
  for (const Json* const member : {alg, kid, typ}) {
    if (member != nullptr && !member->is(Json::Kind::string)) return TokenError::malformed;
  }
  if (alg == nullptr) return TokenError::malformed;
  if (typ != nullptr && !is_token_type(typ->text)) return TokenError::unsupported_header;
  Header header{alg->text, std::nullopt};
  if (kid != nullptr) header.kid = kid->text;
  return header;
}

}  // namespace

std::string_view token_error_text(TokenError error) {
  static constexpr std::array<std::string_view, 11> texts{
      "the token is larger than 8 KiB",
      "the token is not a well-formed signed JWT",
      "the token's header has a member or a type that is not supported",
      "the token was signed with a key that is not known here",
      "the token's alg is not the one its key is for",
      "the token's signature is not valid",
      "a claim of the token is missing or not well-formed",
      "the token has expired",
      "the token is not valid yet",
      "the token comes from another issuer",
      "the token is meant for another audience"};
  return texts[static_cast<std::size_t>(error)];
}

TokenVerifier::TokenVerifier(std::shared_ptr<KeySource> keys, TokenRules rules)
    : keys_(std::move(keys)), rules_(std::move(rules)) {
  check_rules(rules_);
}

TokenResult TokenVerifier::verify(std::string_view token, std::int64_t now) const {
  if (token.size() > token_bytes_max) return TokenError::too_large;
  const auto parts = split(token);
  const auto header_json = parts ? decode_object(parts->header) : std::nullopt;
  if (!header_json) return TokenError::malformed;
  const auto header = read_header(*header_json);
  if (const auto* const error = std::get_if<TokenError>(&header)) return *error;

  const auto keys = keys_->current();
  const Key* const key = keys->find(std::get<Header>(header).kid);
  if (key == nullptr) return TokenError::unknown_key;
  if (std::get<Header>(header).algorithm != algorithm_name(key->algorithm())) return TokenError::wrong_algorithm;

  const auto signature = base64url_decode(parts->signature);
  if (!signature) return TokenError::malformed;
  if (!key->verify(parts->signed_text, *signature)) return TokenError::bad_signature;

  const auto claims = decode_object(parts->claims);
  if (!claims) return TokenError::malformed;
  return read_claims(*claims, rules_, now);
}

}  // namespace contactd::auth
