// Remembers tokens that were verified, so that a client's second request costs a look-up and not a signature check.
#pragma once

#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "auth/token.hpp"

namespace contactd::auth {

/// One per I/O thread; not thread-safe. Keeps at most `entries_max` tokens (8 KiB each at worst), and lets the one go
/// that was not used for longest. Only good tokens are kept, by their whole text; each until its exp, all until the
/// keys change.
class VerifiedTokens {
 public:
  /// `verifier` must outlive this.
  explicit VerifiedTokens(const TokenVerifier& verifier, std::size_t entries_max = 1024);
  VerifiedTokens(const VerifiedTokens&) = delete;
  VerifiedTokens& operator=(const VerifiedTokens&) = delete;

  /// As TokenVerifier::verify, except that a token which was accepted stays so until its exp: should the clock step
  /// back, its nbf and iat are not asked for again.
  TokenResult verify(std::string_view token, std::int64_t now);

  std::size_t size() const { return by_use_.size(); }
  /// How many answers came from memory; for metrics.
  std::uint64_t hits() const { return hits_; }

 private:
  struct Entry {
    std::string token;
    Principal principal;
  };
  using Entries = std::list<Entry>;

  void forget_other_generations();
  void drop(Entries::iterator entry);
  void keep(std::string_view token, const Principal& principal);

  const TokenVerifier& verifier_;
  const std::size_t entries_max_;
  std::uint64_t generation_ = 0;
  std::uint64_t hits_ = 0;
  Entries by_use_;                                                    // the latest used first
  std::unordered_map<std::string_view, Entries::iterator> by_token_;  // views of the entries' own tokens
};

}  // namespace contactd::auth
