// Times, issuer, audience, tenant, user and scopes, out of a token's claims.
#include "auth/claims.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

namespace contactd::auth {
namespace {

using Verdict = std::optional<TokenError>;  // nothing: no objection

constexpr double numeric_date_max = 9007199254740992.0;  // 2^53: beyond it a double is no exact second any more

/// A NumericDate (RFC 7519 section 2) as the first whole second that is not before it. Whole seconds suffice, because
/// `now` is one. Nothing when the member is no number or outside of 0 … 2^53.
std::optional<std::int64_t> numeric_date(const Json& member) {
  // Written so that a NaN fails it too.
  if (!member.is(Json::Kind::number) || !(member.number >= 0 && member.number <= numeric_date_max)) return std::nullopt;
  return static_cast<std::int64_t>(std::ceil(member.number));
}

Verdict check_times(const Json& claims, std::int64_t now, std::int64_t& expires_at) {
  const Json* const exp = claims.find("exp");
  const auto end = exp != nullptr ? numeric_date(*exp) : std::nullopt;
  if (!end) return TokenError::bad_claims;
  for (const char* const name : {"nbf", "iat"}) {
    const Json* const member = claims.find(name);
    if (member == nullptr) continue;
    const auto begin = numeric_date(*member);
    if (!begin) return TokenError::bad_claims;
    if (*begin > now + clock_leeway_seconds) return TokenError::not_yet_valid;
  }
  if (now >= *end) return TokenError::expired;
  expires_at = *end;
  return std::nullopt;
}

Verdict check_issuer(const Json& claims, const std::string& issuer) {
  const Json* const iss = claims.find("iss");
  if (iss != nullptr && !iss->is(Json::Kind::string)) return TokenError::bad_claims;
  if (issuer.empty()) return std::nullopt;
  return iss != nullptr && iss->text == issuer ? Verdict{} : TokenError::wrong_issuer;
}

/// RFC 7519 section 4.1.3: `aud` is one string or an array of them.
Verdict check_audience(const Json& claims, const std::string& audience) {
  const auto is_text = [](const Json& item) { return item.is(Json::Kind::string); };
  const auto is_ours = [&](const Json& item) { return item.text == audience; };
  const Json* const aud = claims.find("aud");
  bool found = false;
  if (aud != nullptr && is_text(*aud)) {
    found = is_ours(*aud);
  } else if (aud != nullptr) {
    const auto& items = aud->items;
    if (!aud->is(Json::Kind::array) || !std::all_of(items.begin(), items.end(), is_text)) return TokenError::bad_claims;
    found = std::any_of(items.begin(), items.end(), is_ours);
  }
  return audience.empty() || found ? Verdict{} : TokenError::wrong_audience;
}

/// The tenant or the user; nothing when it is no string of their pattern.
std::optional<std::string> identity(const Json* member) {
  if (member == nullptr || !member->is(Json::Kind::string) || !is_identity(member->text)) return std::nullopt;
  return member->text;
}

Verdict grant_scopes(const Json* member, Principal& principal) {
  if (member == nullptr) return std::nullopt;
  if (!member->is(Json::Kind::string)) return TokenError::bad_claims;
  std::string_view rest = member->text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (const auto scope = scope_named(rest.substr(0, end))) principal.grant(*scope);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return std::nullopt;
}

}  // namespace

TokenResult read_claims(const Json& claims, const TokenRules& rules, std::int64_t now) {
  Principal principal;
  if (const auto objection = check_times(claims, now, principal.expires_at)) return *objection;
  if (const auto objection = check_issuer(claims, rules.issuer)) return *objection;
  if (const auto objection = check_audience(claims, rules.audience)) return *objection;
  const Json* user_member = claims.find(rules.user_claim);
  if (user_member == nullptr) user_member = claims.find("sub");
  auto tenant = identity(claims.find(rules.tenant_claim));
  auto user = identity(user_member);
  if (!tenant || !user) return TokenError::bad_claims;
  principal.tenant = *std::move(tenant);
  principal.user = *std::move(user);
  if (const auto objection = grant_scopes(claims.find(rules.scope_claim), principal)) return *objection;
  return principal;
}

void check_rules(const TokenRules& rules) {
  static constexpr std::array<std::string_view, 5> taken{"exp", "nbf", "iat", "iss", "aud"};
  for (const std::string& name : {rules.tenant_claim, rules.user_claim, rules.scope_claim}) {
    if (name.empty()) throw SetupError("the name of a claim is empty");
    if (std::find(taken.begin(), taken.end(), name) != taken.end()) {
      throw SetupError("the claim " + name + " has a meaning of its own and can hold neither tenant, user nor scopes");
    }
  }
  if (rules.tenant_claim == rules.user_claim || rules.tenant_claim == rules.scope_claim ||
      rules.user_claim == rules.scope_claim) {
    throw SetupError("tenant, user and scopes need three claims of different names");
  }
}

}  // namespace contactd::auth
