// The Authorization header in all its spellings.
#include "auth/authorization.hpp"

#include <gtest/gtest.h>

namespace contactd::auth {
namespace {

using Kind = Authorization::Kind;

TEST(AuthorizationHeader, Table) {
  struct Case {
    std::optional<std::string_view> value;
    Kind kind;
    std::string_view token;
  };
  const Case cases[] = {{std::nullopt, Kind::none, ""},
                        {"", Kind::none, ""},
                        {"Basic dXNlcjpwYXNz", Kind::none, ""},
                        {"Bearertoken", Kind::none, ""},
                        {"Bear er", Kind::none, ""},
                        {"Bearer:abc", Kind::none, ""},
                        {"DPoP abc", Kind::none, ""},
                        {"Bearer a.b.c", Kind::token, "a.b.c"},
                        {"bearer a.b.c", Kind::token, "a.b.c"},
                        {"BEARER a.b.c", Kind::token, "a.b.c"},
                        {"beaRer    a.b.c", Kind::token, "a.b.c"},
                        {"Bearer aZ09-._~+/==", Kind::token, "aZ09-._~+/=="},
                        {"Bearer", Kind::malformed, ""},
                        {"Bearer ", Kind::malformed, ""},
                        {"Bearer  \t", Kind::malformed, ""},
                        {"Bearer\ta.b.c", Kind::malformed, ""},
                        {"Bearer a b", Kind::malformed, ""},
                        {"Bearer a, Bearer b", Kind::malformed, ""},
                        {"Bearer a.b.c,", Kind::malformed, ""},
                        {"Bearer =", Kind::malformed, ""},
                        {"Bearer a=b", Kind::malformed, ""},
                        {"Bearer \"a\"", Kind::malformed, ""},
                        {"Bearer realm=\"x\"", Kind::malformed, ""},
                        {"Bearer \xc3\xa9", Kind::malformed, ""},
                        {std::string_view("Bearer a\0b", 10), Kind::malformed, ""}};
  for (const Case& row : cases) {
    const auto found = parse_authorization(row.value, row.value ? 1 : 0);
    EXPECT_EQ(found.kind, row.kind) << row.value.value_or("nothing");
    EXPECT_EQ(found.token, row.token);
  }
}

TEST(AuthorizationHeader, TwoAreMalformedWhateverTheySay) {
  for (const std::string_view value : {"Bearer a.b.c", "Basic abc", ""}) {
    EXPECT_EQ(parse_authorization(value, 2).kind, Kind::malformed);
    EXPECT_TRUE(parse_authorization(value, 2).token.empty());
  }
}

TEST(AuthorizationHeader, Challenges) {
  EXPECT_EQ(challenge(Kind::none), "Bearer");
  EXPECT_EQ(challenge(Kind::token), "Bearer error=\"invalid_token\"");
  EXPECT_EQ(challenge(Kind::malformed), "Bearer error=\"invalid_token\"");
}

}  // namespace
}  // namespace contactd::auth
