// Sealed cursors: only what was sealed under the same key and binding opens.
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
  CursorSealer sealer{std::string(32, 'k')};
};

TEST_F(CursorTest, OpensWhatItSealed) {
  for (const std::string& payload : {""s, "x"s, "\0\xff"s, std::string(CursorSealer::payload_bytes_max, 'p')}) {
    for (const std::string& binding : {""s, "tenant-1|contacts|-created_at"s, std::string(100'000, 'b')}) {
      const std::string cursor = sealer.seal(payload, binding);
      EXPECT_LE(cursor.size(), CursorSealer::cursor_bytes_max);
      EXPECT_EQ(sealer.open(cursor, binding), payload);
      EXPECT_FALSE(sealer.open(cursor, binding + "x"));
    }
  }
}

TEST_F(CursorTest, SurvivesARestart) {
  EXPECT_EQ(CursorSealer(std::string(32, 'k')).open(sealer.seal("payload", "binding"), "binding"), "payload");
}

TEST_F(CursorTest, IsBound) {
  const std::string cursor = sealer.seal("payload", "tenant-1");
  EXPECT_FALSE(sealer.open(cursor, "tenant-2"));
  EXPECT_FALSE(sealer.open(cursor, ""));
  EXPECT_FALSE(CursorSealer(std::string(32, 'l')).open(cursor, "tenant-1"));
}

TEST_F(CursorTest, CannotBeRead) {
  const auto bytes = base64url_decode(sealer.seal("Asha Rao of Pune", "binding"));
  ASSERT_TRUE(bytes);
  for (const char* part : {"Asha", "Rao", "Pune"}) EXPECT_EQ(bytes->find(part), std::string::npos);
}

TEST_F(CursorTest, EveryByteCounts) {
  const auto bytes = base64url_decode(sealer.seal("payload", "binding"));
  ASSERT_TRUE(bytes);
  for (std::size_t i = 0; i < bytes->size(); ++i) {
    for (const int bit : {1, 2, 4, 8, 16, 32, 64, 128}) {
      std::string changed = *bytes;
      changed[i] = static_cast<char>(changed[i] ^ bit);
      EXPECT_FALSE(sealer.open(base64url_encode(changed), "binding")) << i << " " << bit;
    }
  }
}

TEST_F(CursorTest, IsTheSameForTheSamePosition) {
  EXPECT_EQ(sealer.seal("payload", "binding"), sealer.seal("payload", "binding"));
  EXPECT_NE(sealer.seal("payload", "binding"), sealer.seal("payload", "another"));
}

TEST_F(CursorTest, Refused) {
  const std::string cursor = sealer.seal("payload", "binding");
  for (const std::string& text : {""s, "A"s, "AA"s, cursor + "="s, cursor + "\n"s, " "s + cursor, cursor.substr(4),
                                  cursor + std::string(2048, 'A'), base64url_encode(std::string(16, '\0')),
                                  base64url_encode(std::string(15, '\0')), "\xff\xfe"s}) {
    EXPECT_FALSE(sealer.open(text, "binding")) << text;
  }
}

TEST_F(CursorTest, Limits) {
  EXPECT_THROW(sealer.seal(std::string(CursorSealer::payload_bytes_max + 1, 'p'), ""), std::length_error);
  EXPECT_THROW(CursorSealer(std::string(31, 'k')), SetupError);
  EXPECT_THROW(CursorSealer(std::string(33, 'k')), SetupError);
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
