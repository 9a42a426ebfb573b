// JSON as tokens and JWK Sets need it: what is refused beyond the syntax.
#include "auth/json.hpp"

#include <gtest/gtest.h>

namespace contactd::auth {
namespace {

using namespace std::string_literals;

TEST(Json, Reads) {
  const auto json =
      parse_json(R"( {"a":"x\u0041\n","b":[1,2.5,-3,1e3],"c":{"d":null,"e":true},"":18446744073709551615} )");
  ASSERT_TRUE(json);
  EXPECT_EQ(json->find("a")->text, "xA\n");
  ASSERT_EQ(json->find("b")->items.size(), 4u);
  EXPECT_EQ(json->find("b")->items[1].number, 2.5);
  EXPECT_EQ(json->find("b")->items[2].number, -3);
  EXPECT_EQ(json->find("b")->items[3].number, 1000);
  EXPECT_TRUE(json->find("c")->find("d")->is(Json::Kind::null));
  EXPECT_TRUE(json->find("c")->find("e")->is(Json::Kind::boolean));
  EXPECT_EQ(json->find("")->number, 18446744073709551615.0);
  EXPECT_EQ(json->find("x"), nullptr);
  EXPECT_EQ(json->find("a")->find("x"), nullptr);
}

TEST(Json, LongStringsAndNamesComeWhole) {
  const std::string longer(100'000, 'n');
  const auto json = parse_json("{\"" + longer + "\":\"" + longer + "\"}");
  ASSERT_TRUE(json);
  ASSERT_NE(json->find(longer), nullptr);
  EXPECT_EQ(json->find(longer)->text, longer);
}

TEST(Json, Refused) {
  for (const std::string& text : {""s,
                                  " "s,
                                  "{"s,
                                  "{}x"s,
                                  "{} {}"s,
                                  "{\"a\":1,}"s,
                                  "[1,]"s,
                                  "{'a':1}"s,
                                  "{a:1}"s,
                                  "nul"s,
                                  "01"s,
                                  "1."s,
                                  "+1"s,
                                  "NaN"s,
                                  "Infinity"s,
                                  "\"\x01\""s,
                                  "\"\\ud800\""s,
                                  "\"\\udc00\\ud800\""s,
                                  "\"\xff\""s,
                                  "\"\xc0\xaf\""s,
                                  "\xef\xbb\xbf{}"s,
                                  "/**/{}"s,
                                  "{}\0"s,
                                  "{\"a\":1,\"a\":1}"s,
                                  "{\"a\":1,\"b\":2,\"\\u0061\":3}"s,
                                  "{\"x\":{\"a\":1,\"a\":2}}"s,
                                  "[{\"\":1,\"\":2}]"s}) {
    EXPECT_FALSE(parse_json(text)) << text;
  }
}

TEST(Json, DepthIsLimited) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(parse_json(nested(Json::depth_max)));
  EXPECT_FALSE(parse_json(nested(Json::depth_max + 1)));
  EXPECT_FALSE(parse_json(nested(100'000)));
}

TEST(Json, Quotes) {
  EXPECT_EQ(json_quoted("a\"\\\n\x01"), R"("a\"\\\n\u0001")");
}

}  // namespace
}  // namespace contactd::auth
