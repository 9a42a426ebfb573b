// Keys made on the spot, and tokens signed with them, for the tests of this room.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "auth/crypto.hpp"
#include "auth/token.hpp"

namespace contactd::auth::test {

/// The moment at which all tests happen.
inline constexpr std::int64_t now = 1'750'000'000;

/// A key pair, and how it is published.
class SigningKey {
 public:
  /// A new pair. `bits` for RSA alone.
  static SigningKey make(Algorithm algorithm, std::string kid, unsigned bits = 2048);

  Algorithm algorithm() const { return algorithm_; }
  const std::string& kid() const { return kid_; }
  /// The public part as a JWK; `more` are further members: `,"use":"sig"`.
  std::string jwk(std::string_view more = "") const;
  /// The public part in PEM.
  std::string pem() const;
  std::string sign(std::string_view message) const;
  /// With another PSS salt than the 32 bytes of RFC 7518.
  std::string sign_with_salt(std::string_view message, int salt_bytes) const;
  /// With this key but by another algorithm of its family: RS256 for a PS256 key and the other way round.
  SigningKey pinned_to(Algorithm algorithm) const;

 private:
  std::shared_ptr<EVP_PKEY> pair_;
  Algorithm algorithm_ = Algorithm::es256;
  std::string kid_;
};

/// One pair per algorithm with the kid "<name of the algorithm>-key", made once per run.
const SigningKey& key_for(Algorithm algorithm);

/// {"keys":[…]}
std::string jwks(std::initializer_list<std::string> keys);

/// base64url(header) "." base64url(claims)
std::string signed_text(std::string_view header, std::string_view claims);
/// A whole token. The header is {"alg":…,"kid":…}.
std::string token(const SigningKey& key, std::string_view claims);
std::string token_with_header(const SigningKey& key, std::string_view header, std::string_view claims);

/// Claims that are good from `now` for an hour; `more` are further members: `,"nbf":1`.
std::string good_claims(std::string_view more = "");

/// A verifier for the keys of a JWKS document.
TokenVerifier verifier_for(std::string_view document, TokenRules rules = {});

/// A document with the keys of key_for: ES256, EdDSA, RS256, PS256.
const std::string& all_keys();

/// The verdict in one word: "ok", or the name of the error.
std::string verdict(const TokenResult& result);
/// That of a verifier for all_keys(), now.
std::string verdict_of(std::string_view text, TokenRules rules = {});

/// A folder of its own for a test; gone afterwards.
class Folder {
 public:
  Folder();
  ~Folder();
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

void write_file(const std::filesystem::path& path, std::string_view text);
std::string read_text(const std::filesystem::path& path);

}  // namespace contactd::auth::test
