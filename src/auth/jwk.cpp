// The rules for one JWK: which kinds are ours, to which algorithm each is pinned, what is passed over and what is an
// error.
#include "auth/jwk.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "auth/base64url.hpp"
#include "auth/signature.hpp"

namespace contactd::auth {
namespace {

/// A key that is well-formed but not for us; caught in read_jwk.
struct PassedOver {
  std::string why;
};

std::optional<std::string> text_member(const Json& jwk, const std::string& name) {
  const Json* const member = jwk.find(name);
  if (member == nullptr) return std::nullopt;
  if (!member->is(Json::Kind::string)) throw SetupError(name + " is not a string");
  return member->text;
}

/// A required member that holds bytes.
std::string bytes_member(const Json& jwk, const std::string& name) {
  const auto text = text_member(jwk, name);
  if (!text) throw SetupError(name + " is missing");
  auto bytes = base64url_decode(*text);
  if (!bytes || bytes->empty()) throw SetupError(name + " is not base64url");
  return *std::move(bytes);
}

void check_purpose(const Json& jwk) {
  const auto use = text_member(jwk, "use");
  if (use && *use != "sig") throw PassedOver{"its use is not \"sig\""};
  if (const Json* const operations = jwk.find("key_ops")) {
    if (!operations->is(Json::Kind::array)) throw SetupError("key_ops is not an array");
    const auto verifies = [](const Json& item) { return item.is(Json::Kind::string) && item.text == "verify"; };
    if (std::none_of(operations->items.begin(), operations->items.end(), verifies)) {
      throw PassedOver{"its key_ops do not hold \"verify\""};
    }
  }
  // A file of public keys with a private part in it is a leak: not using the key makes somebody look.
  if (jwk.find("d") != nullptr) throw PassedOver{"it holds a private key (d); only the public part belongs here"};
}

/// The algorithm that the key is pinned to, when `alg` is absent or one of `choices`; the first is the default.
Algorithm pinned(const Json& jwk, std::initializer_list<Algorithm> choices) {
  const auto name = text_member(jwk, "alg");
  if (!name) return *choices.begin();
  for (const Algorithm choice : choices) {
    if (algorithm_name(choice) == *name) return choice;
  }
  throw PassedOver{"its alg is not one of ours for this kind of key"};
}

void require_curve(const Json& jwk, std::string_view curve) {
  const auto found = text_member(jwk, "crv");
  if (!found) throw SetupError("crv is missing");
  if (*found != curve) throw PassedOver{"its crv is not " + std::string(curve)};
}

std::shared_ptr<const Key> read_rsa(const Json& jwk) {
  const Algorithm algorithm = pinned(jwk, {Algorithm::rs256, Algorithm::ps256});
  const std::string modulus = bytes_member(jwk, "n");
  const int bits = bit_length(modulus);
  if (bits < rsa_bits_min || bits > rsa_bits_max) {
    throw PassedOver{"RSA key of " + std::to_string(bits) + " bits; 2048 to 8192 are taken"};
  }
  auto key = make_rsa_key(modulus, bytes_member(jwk, "e"), algorithm);
  if (!key) throw SetupError("n and e are not an RSA public key");
  return key;
}

std::shared_ptr<const Key> read_key(const Json& jwk) {
  check_purpose(jwk);
  const std::string kty = text_member(jwk, "kty").value_or("");
  if (kty == "EC") {
    require_curve(jwk, "P-256");
    pinned(jwk, {Algorithm::es256});
    const std::string x = bytes_member(jwk, "x");
    auto key = make_es256_key(x, bytes_member(jwk, "y"));
    if (!key) throw SetupError("x and y are not 32 bytes each, or not a point of P-256");
    return key;
  }
  if (kty == "OKP") {
    require_curve(jwk, "Ed25519");
    pinned(jwk, {Algorithm::eddsa});
    auto key = make_ed25519_key(bytes_member(jwk, "x"));
    if (!key) throw SetupError("x is not 32 bytes");
    return key;
  }
  if (kty == "RSA") return read_rsa(jwk);
  // A shared secret has no place in a file of public keys: HS256 is for the local development secret alone.
  if (kty == "oct") throw PassedOver{"it is a shared secret (oct)"};
  throw PassedOver{"its kty is not EC, OKP or RSA"};
}

}  // namespace

Jwk read_jwk(const Json& jwk) {
  if (!jwk.is(Json::Kind::object)) throw SetupError("it is not an object");
  Jwk result;
  result.kid = text_member(jwk, "kid").value_or("");
  try {
    auto key = read_key(jwk);
    if (result.kid.empty()) throw PassedOver{"it has no kid, so no token can name it"};
    result.key = std::move(key);
  } catch (const PassedOver& reason) {
    result.passed_over = reason.why;
  }
  return result;
}

}  // namespace contactd::auth
