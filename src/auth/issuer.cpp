// Words and signs development tokens.
#include "auth/issuer.hpp"

#include <limits>

#include "auth/base64url.hpp"
#include "auth/claims.hpp"
#include "auth/crypto.hpp"
#include "auth/json.hpp"

namespace contactd::auth {
namespace {

void check_identity(const char* what, std::string_view text) {
  if (!is_identity(text)) {
    throw SetupError(std::string(what) + " must be 8 to 50 characters out of a-z, A-Z, 0-9, '.', '_' and '-'");
  }
}

/// The scopes as they were wished for, separated by single spaces.
std::string checked_scopes(std::string_view wished) {
  std::string scopes;
  while (!wished.empty()) {
    const std::size_t end = std::min(wished.find(' '), wished.size());
    const std::string_view name = wished.substr(0, end);
    wished.remove_prefix(std::min(end + 1, wished.size()));
    if (name.empty()) continue;
    if (!scope_named(name)) {
      throw SetupError("there is no scope \"" + std::string(name) + "\"; there are " + all_scopes());
    }
    scopes.append(scopes.empty() ? "" : " ").append(name);
  }
  return scopes;
}

std::string ttl_limit() {
  return std::to_string(ttl_seconds_max / (24 * 60 * 60)) + "d";
}

}  // namespace

std::string all_scopes() {
  std::string scopes;
  for (const Scope scope :
       {Scope::contacts_read, Scope::contacts_write, Scope::contacts_approve, Scope::namespaces_write}) {
    scopes.append(scopes.empty() ? "" : " ").append(scope_name(scope));
  }
  return scopes;
}

std::string issue_token(const TokenWish& wish, std::string_view secret, std::int64_t now, const TokenRules& rules) {
  check_rules(rules);
  check_identity("the tenant", wish.tenant);
  check_identity("the user", wish.user);
  const std::string scopes = checked_scopes(wish.scopes);
  if (wish.ttl_seconds < 1 || wish.ttl_seconds > ttl_seconds_max) {
    throw SetupError("the time to live must be from 1s to " + ttl_limit());
  }
  if (secret.size() < KeySet::secret_bytes_min) throw SetupError("the development secret is shorter than 32 bytes");

  std::string claims = "{";
  const auto text = [&](std::string_view name, std::string_view value) {
    claims += json_quoted(name) + ":" + json_quoted(value) + ",";
  };
  if (!rules.issuer.empty()) text("iss", rules.issuer);
  if (!rules.audience.empty()) text("aud", rules.audience);
  text(rules.tenant_claim, wish.tenant);
  text(rules.user_claim, wish.user);
  text(rules.scope_claim, scopes);
  claims += "\"iat\":" + std::to_string(now) + ",\"exp\":" + std::to_string(now + wish.ttl_seconds) + "}";

  const std::string signed_text = base64url_encode(R"({"alg":"HS256","typ":"JWT"})") + "." + base64url_encode(claims);
  const auto code = HmacSha256(secret)({signed_text});
  return signed_text + "." + base64url_encode({code.data(), code.size()});
}

std::int64_t parse_ttl(std::string_view text) {
  const std::string_view units = "smhd";
  constexpr std::int64_t unit_seconds[] = {1, 60, 60 * 60, 24 * 60 * 60};
  const auto refuse = [] {
    throw SetupError("a time to live is a number with its unit, from 1s to " + ttl_limit() + ": 30s, 15m, 1h or 7d");
  };
  const std::size_t unit = text.empty() ? std::string_view::npos : units.find(text.back());
  if (unit == std::string_view::npos || text.size() < 2 || text.size() > 10) refuse();
  std::int64_t count = 0;
  for (const char digit : text.substr(0, text.size() - 1)) {
    if (digit < '0' || digit > '9') refuse();
    count = count * 10 + (digit - '0');
  }
  const std::int64_t seconds = count * unit_seconds[unit];
  if (seconds < 1 || seconds > ttl_seconds_max) refuse();
  return seconds;
}

}  // namespace contactd::auth
