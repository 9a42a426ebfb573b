// Base64url: one text per byte string, and no other text.
#include "auth/base64url.hpp"

#include <gtest/gtest.h>

#include <string>

namespace contactd::auth {
namespace {

using namespace std::string_literals;

TEST(Base64url, KnownTexts) {
  // RFC 4648 section 10 without its padding, and RFC 7515 appendix C.
  const std::pair<std::string, std::string> cases[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\x03\xec\xff\xe0\xc1", "A-z_4ME"}};
  for (const auto& [bytes, text] : cases) {
    EXPECT_EQ(base64url_encode(bytes), text);
    EXPECT_EQ(base64url_decode(text), bytes);
  }
}

TEST(Base64url, Refused) {
  for (const std::string& text : {"Zg=="s, "Zm8="s, "Z"s, "Zm9vY"s, "Zm9v\n"s, " Zm9v"s, "Zm 9v"s, "A+z/4ME"s, "Zm9v."s,
                                  "Zh"s, "Zm9"s, "Zm-\0"s, "Zm9\xff"s, "===="s}) {
    EXPECT_FALSE(base64url_decode(text)) << text;
  }
}

TEST(Base64url, EveryShortTextIsCanonicalOrRefused) {
  int good = 0;
  std::string text(3, ' ');
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      for (const char third : {'A', 'B', 'C', 'D', 'E', 'Q', 'g', '8', '-', '_'}) {
        text = {static_cast<char>(first), static_cast<char>(second), third};
        const auto bytes = base64url_decode(text);
        if (bytes) {
          ++good;
          ASSERT_EQ(base64url_encode(*bytes), text);
        }
      }
    }
  }
  EXPECT_EQ(good, 64 * 64 * 5);  // A, E, Q, g and 8 are the third characters whose two last bits are zero
}

TEST(Base64url, EveryLength) {
  std::string bytes;
  for (int i = 0; i < 600; ++i) {
    EXPECT_EQ(base64url_decode(base64url_encode(bytes)), bytes);
    bytes += static_cast<char>(i * 37);
  }
}

}  // namespace
}  // namespace contactd::auth
