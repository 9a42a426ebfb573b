// Whatever bit of a good token or cursor is turned over, it is good no more.
#include <gtest/gtest.h>

#include "auth/cursor.hpp"
#include "auth/issuer.hpp"
#include "support.hpp"

namespace contactd::auth::test {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// `good` with each bit of each character turned over, each character dropped, and the last exchanged for all others.
template <class Accepts>
void expect_that_only(const std::string& good, const Accepts& accepts) {
  ASSERT_TRUE(accepts(good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = good;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      ASSERT_FALSE(accepts(changed)) << i << " " << bit;
    }
    ASSERT_FALSE(accepts(std::string(good).erase(i, 1))) << i;
    ASSERT_FALSE(accepts(good.substr(0, i))) << i;
  }
  for (const char last : alphabet) {
    std::string changed = good;
    changed.back() = last;
    EXPECT_EQ(accepts(changed), changed == good) << last;
    EXPECT_FALSE(accepts(good + last)) << last;
  }
}

void expect_tamper_proof(const TokenVerifier& verifier, const std::string& good) {
  expect_that_only(good, [&](const std::string& text) { return verdict(verifier.verify(text, now)) == "ok"; });
}

TEST(Tamper, EveryAlgorithm) {
  for (const Algorithm algorithm : {Algorithm::es256, Algorithm::eddsa, Algorithm::rs256, Algorithm::ps256}) {
    SCOPED_TRACE(algorithm_name(algorithm));
    const SigningKey& key = key_for(algorithm);
    expect_tamper_proof(verifier_for(jwks({key.jwk()})), token(key, good_claims()));
  }
}

TEST(Tamper, DevelopmentToken) {
  const std::string secret(32, 's');
  const TokenVerifier verifier(std::make_shared<FixedKeys>(KeySet::from_dev_secret(secret)), {});
  expect_tamper_proof(verifier, issue_token({"tenant-1", "user.001", all_scopes(), 60}, secret, now));
}

TEST(Tamper, Cursor) {
  const CursorSealer signer(std::string(32, 'k'));
  for (const std::string payload : {"", "p", "pa", "payload of a cursor"}) {
    expect_that_only(signer.seal(payload, "binding"),
                     [&](const std::string& text) { return signer.open(text, "binding").has_value(); });
  }
}

}  // namespace
}  // namespace contactd::auth::test
