// The keys that tokens may be signed with: each is pinned to one algorithm, so that a token cannot choose how it is
// checked.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/error.hpp"

namespace contactd::auth {

/// The algorithms of contract section 1.5, by their names in RFC 7518 and RFC 8037.
enum class Algorithm : std::uint8_t { es256, eddsa, rs256, ps256, hs256 };

/// The spelling in a token's header: "ES256", "EdDSA", …
std::string_view algorithm_name(Algorithm algorithm);

/// A key that checks signatures. Immutable; safe to use from many threads at once.
class Key {
 public:
  virtual ~Key() = default;
  virtual Algorithm algorithm() const = 0;
  /// Whether `signature` (the raw bytes of RFC 7515's third part) is this key's, over exactly `message`.
  virtual bool verify(std::string_view message, std::string_view signature) const = 0;
};

/// All keys that are valid at one time. Immutable; safe to use from many threads at once.
class KeySet {
 public:
  static constexpr std::size_t document_bytes_max = 1024 * 1024;
  static constexpr std::size_t secret_bytes_min = 32;

  /// Reads a JWK Set (RFC 7517 section 5). The pins: EC P-256 is ES256, OKP Ed25519 is EdDSA, RSA of 2048 to 8192 bits
  /// is what its `alg` says, RS256 when it says nothing. Keys that are not for us are passed over (see passed_over):
  /// another kty, crv, alg, use or key_ops, `oct`, RSA of another size, no `kid`, or one that holds a private part.
  /// Throws SetupError for a document over 1 MiB, malformed JSON, a repeated member or kid, or a key of a known kind
  /// whose material is malformed. The set may come out empty: then no token is good.
  static KeySet from_jwks(std::string_view document);

  /// The set of the local development secret (at least 32 bytes, else SetupError): HS256, without a kid.
  static KeySet from_dev_secret(std::string_view secret);

  /// The key for a token's `kid`. A JWKS key is found by its kid alone; the development secret only without one.
  const Key* find(const std::optional<std::string>& kid) const;

  std::size_t size() const { return keys_.size() + (without_kid_ ? 1 : 0); }
  bool empty() const { return size() == 0; }

  /// Unique to this set in this process, never 0: tells a cache that the keys are no longer those it knew.
  std::uint64_t generation() const { return generation_; }

  /// Why keys of the document are not used: "keys/2 (kid \"old\"): RSA key of 1024 bits, …".
  const std::vector<std::string>& passed_over() const { return passed_over_; }

 private:
  KeySet();
  std::uint64_t generation_;
  std::map<std::string, std::shared_ptr<const Key>, std::less<>> keys_;
  std::shared_ptr<const Key> without_kid_;  // the development secret's
  std::vector<std::string> passed_over_;
};

/// Where a verifier finds the keys of the moment. Implementations are safe to call from many threads at once.
class KeySource {
 public:
  virtual ~KeySource() = default;
  /// The generation of the current set; called for every request, so it must be cheap.
  virtual std::uint64_t generation() = 0;
  /// The current set; never null.
  virtual std::shared_ptr<const KeySet> current() = 0;
};

/// A set that never changes: the development secret's, or a test's.
class FixedKeys : public KeySource {
 public:
  explicit FixedKeys(KeySet keys) : keys_(std::make_shared<const KeySet>(std::move(keys))) {}
  std::uint64_t generation() override { return keys_->generation(); }
  std::shared_ptr<const KeySet> current() override { return keys_; }

 private:
  std::shared_ptr<const KeySet> keys_;
};

}  // namespace contactd::auth
