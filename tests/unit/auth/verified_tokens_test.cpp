// The memory of good tokens: what it keeps, and what makes it forget.
#include "auth/verified_tokens.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace contactd::auth::test {
namespace {

/// Keys that a test exchanges, counting how often they are asked for.
class ChangingKeys : public KeySource {
 public:
  explicit ChangingKeys(std::string_view document) { set(document); }
  void set(std::string_view document) { keys_ = std::make_shared<const KeySet>(KeySet::from_jwks(document)); }
  std::uint64_t generation() override { return keys_->generation(); }
  std::shared_ptr<const KeySet> current() override {
    ++asked;
    return keys_;
  }
  int asked = 0;

 private:
  std::shared_ptr<const KeySet> keys_;
};

class VerifiedTokensTest : public ::testing::Test {
 protected:
  std::string token_of_user(int number) const {
    return token(key, R"({"tenant_id":"tenant-1","sub":"user-)" + std::to_string(1000 + number) + R"(","exp":)" +
                          std::to_string(now + 60) + "}");
  }
  const SigningKey& key = key_for(Algorithm::es256);
  std::shared_ptr<ChangingKeys> keys = std::make_shared<ChangingKeys>(jwks({key.jwk()}));
  TokenVerifier verifier{keys, {}};
};

TEST_F(VerifiedTokensTest, VerifiesOnceUntilExp) {
  VerifiedTokens tokens(verifier);
  const std::string text = token_of_user(1);
  for (int i = 0; i < 60; ++i) {
    const auto result = tokens.verify(text, now + i);
    ASSERT_EQ(verdict(result), "ok");
    EXPECT_EQ(std::get<Principal>(result).user, "user-1001");
  }
  EXPECT_EQ(keys->asked, 1);
  EXPECT_EQ(tokens.hits(), 59u);
  EXPECT_EQ(verdict(tokens.verify(text, now + 60)), "expired");
  EXPECT_EQ(tokens.size(), 0u);
  EXPECT_EQ(verdict(tokens.verify(text, now + 60)), "expired");
  EXPECT_EQ(keys->asked, 2);
}

TEST_F(VerifiedTokensTest, BadTokensAreNotKept) {
  VerifiedTokens tokens(verifier);
  std::string text = token_of_user(1);
  text[text.size() - 20] ^= 1;
  for (int i = 0; i < 3; ++i) EXPECT_NE(verdict(tokens.verify(text, now)), "ok");
  EXPECT_EQ(tokens.size(), 0u);
  EXPECT_EQ(keys->asked, 3);
}

TEST_F(VerifiedTokensTest, OneCharacterMakesAnotherToken) {
  VerifiedTokens tokens(verifier);
  const std::string text = token_of_user(1);
  ASSERT_EQ(verdict(tokens.verify(text, now)), "ok");
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] ^= 1;
    ASSERT_NE(verdict(tokens.verify(other, now)), "ok");
  }
  EXPECT_NE(verdict(tokens.verify(text + "=", now)), "ok");
  EXPECT_EQ(tokens.size(), 1u);
}

TEST_F(VerifiedTokensTest, StaysGoodWhenTheClockStepsBack) {
  VerifiedTokens tokens(verifier);
  const std::string text = token(key, good_claims(R"(,"nbf":)" + std::to_string(now)));
  ASSERT_EQ(verdict(tokens.verify(text, now)), "ok");
  EXPECT_EQ(verdict(verifier.verify(text, now - 3600)), "not_yet_valid");
  EXPECT_EQ(verdict(tokens.verify(text, now - 3600)), "ok");
}

TEST_F(VerifiedTokensTest, LetsTheLeastUsedGo) {
  VerifiedTokens tokens(verifier, 3);
  std::string texts[5];
  for (int i = 0; i < 5; ++i) texts[i] = token_of_user(i);
  const auto asked_for = [&](int i) {
    const int before = keys->asked;
    EXPECT_EQ(verdict(tokens.verify(texts[i], now)), "ok");
    return keys->asked - before;
  };
  for (const int i : {0, 1, 2}) EXPECT_EQ(asked_for(i), 1);
  EXPECT_EQ(asked_for(0), 0);  // 1 is now the least used
  EXPECT_EQ(asked_for(3), 1);
  EXPECT_EQ(tokens.size(), 3u);
  EXPECT_EQ(asked_for(0), 0);
  EXPECT_EQ(asked_for(2), 0);
  EXPECT_EQ(asked_for(3), 0);
  EXPECT_EQ(asked_for(1), 1);  // and 0 goes
  EXPECT_EQ(asked_for(0), 1);
  EXPECT_EQ(tokens.size(), 3u);
}

TEST_F(VerifiedTokensTest, ForgetsAllWhenTheKeysChange) {
  VerifiedTokens tokens(verifier);
  const std::string text = token_of_user(1);
  ASSERT_EQ(verdict(tokens.verify(text, now)), "ok");
  const SigningKey other = SigningKey::make(Algorithm::es256, "other");
  keys->set(jwks({key.jwk(), other.jwk()}));
  EXPECT_EQ(verdict(tokens.verify(text, now)), "ok");
  EXPECT_EQ(keys->asked, 2);
  keys->set(jwks({other.jwk()}));
  EXPECT_EQ(verdict(tokens.verify(text, now)), "unknown_key");
  EXPECT_EQ(tokens.size(), 0u);
}

}  // namespace
}  // namespace contactd::auth::test
