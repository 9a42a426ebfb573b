// Signed cursors: only what was sealed under the same key and binding opens.
#include "auth/cursor.hpp"

#include <gtest/gtest.h>

#include <set>

#include "auth/base64url.hpp"
#include "auth/crypto.hpp"
#include "auth/error.hpp"

namespace contactd::auth {
namespace {

using namespace std::string_literals;

class CursorTest : public ::testing::Test {
 protected:
  CursorSigner signer{std::string(32, 'k')};
};

TEST_F(CursorTest, OpensWhatItSealed) {
  for (const std::string& payload : {""s, "x"s, "\0\xff"s, std::string(CursorSigner::payload_bytes_max, 'p')}) {
    for (const std::string& binding : {""s, "tenant-1|contacts|-created_at"s, std::string(100'000, 'b')}) {
      const std::string cursor = signer.seal(payload, binding);
      EXPECT_LE(cursor.size(), CursorSigner::cursor_bytes_max);
      EXPECT_EQ(signer.open(cursor, binding), payload);
      EXPECT_FALSE(signer.open(cursor, binding + "x"));
    }
  }
}

TEST_F(CursorTest, SurvivesARestart) {
  EXPECT_EQ(CursorSigner(std::string(32, 'k')).open(signer.seal("payload", "binding"), "binding"), "payload");
}

TEST_F(CursorTest, IsBound) {
  const std::string cursor = signer.seal("payload", "tenant-1");
  EXPECT_FALSE(signer.open(cursor, "tenant-2"));
  EXPECT_FALSE(signer.open(cursor, ""));
  EXPECT_FALSE(CursorSigner(std::string(32, 'l')).open(cursor, "tenant-1"));
}

TEST_F(CursorTest, BytesDoNotWanderBetweenBindingAndPayload) {
  const std::string code = base64url_decode(signer.seal("def", "abc"))->substr(3);
  EXPECT_FALSE(signer.open(base64url_encode("ef" + code), "abcd"));
  EXPECT_FALSE(signer.open(base64url_encode("cdef" + code), "ab"));
  EXPECT_FALSE(signer.open(base64url_encode("abcdef" + code), ""));
  EXPECT_TRUE(signer.open(base64url_encode("def" + code), "abc"));
}

TEST_F(CursorTest, Refused) {
  const std::string cursor = signer.seal("payload", "binding");
  for (const std::string& text : {""s, "A"s, "AA"s, cursor + "="s, cursor + "\n"s, " "s + cursor, cursor.substr(4),
                                  cursor + std::string(2048, 'A'), base64url_encode(std::string(16, '\0')),
                                  base64url_encode(std::string(15, '\0')), "\xff\xfe"s}) {
    EXPECT_FALSE(signer.open(text, "binding")) << text;
  }
}

TEST_F(CursorTest, Limits) {
  EXPECT_THROW(signer.seal(std::string(CursorSigner::payload_bytes_max + 1, 'p'), ""), std::length_error);
  EXPECT_THROW(CursorSigner(std::string(31, 'k')), SetupError);
  EXPECT_THROW(CursorSigner(std::string(33, 'k')), SetupError);
}

TEST(RandomKey, IsAnotherEachTime) {
  std::set<std::string> keys;
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(keys.insert(random_key()).first->size(), 32u);
  }
  EXPECT_EQ(keys.size(), 100u);
}

TEST(Hmac, Rfc4231) {
  const auto code_of = [](std::string_view key, std::initializer_list<std::string_view> parts) {
    const auto code = HmacSha256(key)(parts);
    return base64url_encode({code.data(), code.size()});
  };
  // RFC 4231 section 4.3, in base64url; the parts make no difference.
  const std::string expected = "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM";
  EXPECT_EQ(code_of("Jefe", {"what do ya want for nothing?"}), expected);
  EXPECT_EQ(code_of("Jefe", {"what do ", "", "ya want for nothing?"}), expected);
}

}  // namespace
}  // namespace contactd::auth
