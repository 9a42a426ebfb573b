// Tokens, Authorization headers, JWK Sets and cursors out of thin air: none is ever accepted that was not signed, and
// what a signed token makes of its claims keeps to the rules.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "auth/authorization.hpp"
#include "auth/base64url.hpp"
#include "auth/crypto.hpp"
#include "auth/cursor.hpp"
#include "auth/verified_tokens.hpp"

namespace {

using namespace contactd::auth;

constexpr std::int64_t now = 1'750'000'000;

void require(bool holds) {
  if (!holds) std::abort();
}

/// The keys of RFC 7515 appendices A.2 and A.3 and RFC 8037 appendix A. Their private halves are public, but not in
/// here.
std::string public_keys() {
  const std::string modulus =
      "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-"
      "pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapH"
      "g665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4F"
      "RWyuXpoQ";
  return R"({"keys":[{"kid":"e","kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
         R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},)"
         R"({"kid":"o","kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},)"
         R"({"kid":"r","kty":"RSA","e":"AQAB","n":")" +
         modulus + R"("},{"kid":"p","kty":"RSA","alg":"PS256","e":"AQAB","n":")" + modulus + R"("}]})";
}

/// What all runs share.
struct World {
  std::string secret = random_key();
  HmacSha256 hmac{secret};
  TokenVerifier public_verifier{std::make_shared<FixedKeys>(KeySet::from_jwks(public_keys())), {}};
  TokenVerifier secret_verifier{std::make_shared<FixedKeys>(KeySet::from_dev_secret(secret)), {}};
  VerifiedTokens remembered{secret_verifier, 8};
  CursorSealer cursors{secret};
};

World& world() {
  static World instance;
  return instance;
}

bool accepted(const TokenResult& result) {
  return std::holds_alternative<Principal>(result);
}

/// The input up to its first zero byte, and the rest.
std::pair<std::string_view, std::string_view> halves(std::string_view input) {
  const auto end = std::min(input.find('\0'), input.size());
  return {input.substr(0, end), input.substr(std::min(end + 1, input.size()))};
}

void never_accepted(std::string_view token) {
  require(!accepted(world().public_verifier.verify(token, now)));
  require(!accepted(world().secret_verifier.verify(token, now)));
  require(!accepted(world().remembered.verify(token, now)));
}

void unsigned_parts(std::string_view input) {
  const auto [header, rest] = halves(input);
  const auto [claims, signature] = halves(rest);
  never_accepted(base64url_encode(header) + "." + base64url_encode(claims) + "." + base64url_encode(signature));
}

/// Claims that were really signed: a principal that comes out of them is a proper one.
void signed_claims(std::string_view claims) {
  const std::string text = base64url_encode(R"({"alg":"HS256"})") + "." + base64url_encode(claims);
  const auto code = world().hmac({text});
  const std::string token = text + "." + base64url_encode({code.data(), code.size()});
  const auto result = world().secret_verifier.verify(token, now);
  require(accepted(world().remembered.verify(token, now)) == accepted(result));
  require(!accepted(world().public_verifier.verify(token, now)));
  if (!accepted(result)) return;
  const auto& principal = std::get<Principal>(result);
  require(is_identity(principal.tenant) && is_identity(principal.user));
  require(principal.expires_at > now && (principal.scopes & ~0b11110) == 0);
  require(!accepted(world().secret_verifier.verify(token, principal.expires_at)));
  require(!accepted(world().remembered.verify(token, principal.expires_at)));
}

/// A header in front of good claims, signed with the secret: only HS256 without a kid may pass.
void signed_header(std::string_view header) {
  const std::string claims = R"({"tenant_id":"tenant-1","sub":"user.001","exp":1750000001})";
  const std::string text = base64url_encode(header) + "." + base64url_encode(claims);
  const auto code = world().hmac({text});
  const std::string token = text + "." + base64url_encode({code.data(), code.size()});
  require(!accepted(world().public_verifier.verify(token, now)));
  if (!accepted(world().secret_verifier.verify(token, now))) return;
  require(header.find("HS256") != std::string_view::npos || header.find('\\') != std::string_view::npos);
}

void authorization(std::string_view input) {
  const auto found = parse_authorization(input, 1);
  if (found.kind == Authorization::Kind::token) {
    require(!found.token.empty() && found.token.find_first_of(" \t,\"") == std::string_view::npos);
    require(input.ends_with(found.token));
    never_accepted(found.token);
  }
  require(parse_authorization(input, 2).kind == Authorization::Kind::malformed);
}

void key_set(std::string_view document) {
  try {
    const KeySet keys = KeySet::from_jwks(document);
    require(keys.find(std::nullopt) == nullptr);
  } catch (const SetupError&) {
  }
}

void cursor(std::string_view input) {
  require(!world().cursors.open(input, "binding"));
  const auto [payload, binding] = halves(input);
  if (payload.size() > CursorSealer::payload_bytes_max) return;
  const std::string sealed = world().cursors.seal(payload, binding);
  require(world().cursors.open(sealed, binding) == payload);
  require(!world().cursors.open(sealed, std::string(binding) + "x"));
}

void base64url(std::string_view input) {
  if (const auto bytes = base64url_decode(input)) require(base64url_encode(*bytes) == input);
  require(base64url_decode(base64url_encode(input)) == input);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  constexpr void (*ways[])(std::string_view) = {never_accepted, unsigned_parts, signed_claims, signed_header,
                                                authorization,  key_set,        cursor,        base64url};
  ways[data[0] % std::size(ways)](input);
  return 0;
}
