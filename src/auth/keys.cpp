// Builds key sets from JWK Set documents and from the development secret.
#include "auth/keys.hpp"

#include <array>
#include <atomic>
#include <utility>

#include "auth/json.hpp"
#include "auth/jwk.hpp"
#include "auth/signature.hpp"

namespace contactd::auth {
namespace {

std::uint64_t next_generation() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

/// "keys/2", with its kid when it has one.
std::string place(std::size_t index, std::string_view kid) {
  std::string text = "keys/" + std::to_string(index);
  if (!kid.empty()) text.append(" (kid ").append(json_quoted(kid)).append(")");
  return text;
}

Jwk read_jwk_at(const Json& jwk, std::size_t index) {
  try {
    return read_jwk(jwk);
  } catch (const SetupError& error) {
    const Json* const kid = jwk.find("kid");
    throw SetupError(place(index, kid != nullptr ? kid->text : "") + ": " + error.what());
  }
}

}  // namespace

std::string_view algorithm_name(Algorithm algorithm) {
  static constexpr std::array<std::string_view, 5> names{"ES256", "EdDSA", "RS256", "PS256", "HS256"};
  return names[static_cast<std::size_t>(algorithm)];
}

KeySet::KeySet() : generation_(next_generation()) {}

KeySet KeySet::from_jwks(std::string_view document) {
  if (document.size() > document_bytes_max) throw SetupError("the JWK Set is over 1 MiB");
  const auto json = parse_json(document);
  if (!json) throw SetupError("the JWK Set is not valid JSON, or a member occurs twice in one object");
  const Json* const jwks = json->find("keys");
  if (jwks == nullptr || !jwks->is(Json::Kind::array)) {
    throw SetupError("not a JWK Set: an object with an array \"keys\" is expected (RFC 7517 section 5)");
  }
  KeySet set;
  for (std::size_t index = 0; index < jwks->items.size(); ++index) {
    Jwk jwk = read_jwk_at(jwks->items[index], index);
    if (!jwk.key) {
      set.passed_over_.push_back(place(index, jwk.kid) + ": " + jwk.passed_over);
    } else if (!set.keys_.emplace(jwk.kid, std::move(jwk.key)).second) {
      throw SetupError(place(index, jwk.kid) + ": the kid is used by an earlier key too");
    }
  }
  return set;
}

KeySet KeySet::from_dev_secret(std::string_view secret) {
  if (secret.size() < secret_bytes_min) throw SetupError("the development secret is shorter than 32 bytes");
  KeySet set;
  set.without_kid_ = make_hs256_key(secret);
  return set;
}

const Key* KeySet::find(const std::optional<std::string>& kid) const {
  if (!kid) return without_kid_.get();
  const auto found = keys_.find(*kid);
  return found == keys_.end() ? nullptr : found->second.get();
}

}  // namespace contactd::auth
