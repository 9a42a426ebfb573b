// A list in order of use, and a map from a token's text into it.
#include "auth/verified_tokens.hpp"

#include <algorithm>

namespace contactd::auth {

VerifiedTokens::VerifiedTokens(const TokenVerifier& verifier, std::size_t entries_max)
    : verifier_(verifier), entries_max_(std::max<std::size_t>(entries_max, 1)) {
  by_token_.reserve(entries_max_);
}

TokenResult VerifiedTokens::verify(std::string_view token, std::int64_t now) {
  forget_other_generations();
  if (const auto found = by_token_.find(token); found != by_token_.end()) {
    const auto entry = found->second;
    if (now >= entry->principal.expires_at) {
      drop(entry);
      return TokenError::expired;
    }
    by_use_.splice(by_use_.begin(), by_use_, entry);
    ++hits_;
    return entry->principal;
  }
  TokenResult result = verifier_.verify(token, now);
  if (const auto* const principal = std::get_if<Principal>(&result)) keep(token, *principal);
  return result;
}

void VerifiedTokens::forget_other_generations() {
  // Asked for before a token is verified: should the keys change in between, what is kept then bears the
  // older number and is forgotten at the next call.
  const std::uint64_t generation = verifier_.generation();
  if (generation == generation_) return;
  by_token_.clear();
  by_use_.clear();
  generation_ = generation;
}

void VerifiedTokens::drop(Entries::iterator entry) {
  by_token_.erase(entry->token);
  by_use_.erase(entry);
}

void VerifiedTokens::keep(std::string_view token, const Principal& principal) {
  if (by_use_.size() >= entries_max_) drop(std::prev(by_use_.end()));
  by_use_.push_front(Entry{std::string(token), principal});
  by_token_.emplace(by_use_.front().token, by_use_.begin());
}

}  // namespace contactd::auth
