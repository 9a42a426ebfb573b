// JSON in: what is refused and where, and what comes back as it was.
#include "resource/json_document.hpp"

#include <gtest/gtest.h>

namespace contactd::resource {
namespace {

std::string round_trip(std::string_view text) {
  const auto parsed = JsonDocument::parse(text);
  if (std::holds_alternative<JsonError>(parsed)) return "refused";
  std::string out;
  append_json(out, std::get<JsonDocument>(parsed).root());
  return out;
}

TEST(JsonDocument, KeepsNumberTextsAndKeyOrder) {
  const std::string text =
      R"({"z":1.10,"a":123456789012345678901234567890,"m":[1e400,-0,0.10e+5,true,false,null,"\"\\/\u0001"],"":{}})";
  EXPECT_EQ(round_trip(text), R"({"z":1.10,"a":123456789012345678901234567890,"m":[1e400,-0,0.10e+5,true,false,null,)"
                              R"("\"\\/\u0001"],"":{}})");
}

TEST(JsonDocument, LeavesInsignificantWhiteSpaceOut) {
  EXPECT_EQ(round_trip(" { \"a\" :\t[ 1 ,\r\n2 ] } "), "{\"a\":[1,2]}");
}

TEST(JsonDocument, DecodesStrings) {
  const auto parsed = JsonDocument::parse(R"(["\u00e9\ud83d\ude00\n\u0000x"])");
  EXPECT_EQ((*std::get<JsonDocument>(parsed).root().begin()).text(), std::string_view("é😀\n\0x", 9));
}

struct Hazard {
  std::string_view text;
  std::size_t offset;
};

TEST(JsonDocument, RefusesHazardsAndSaysWhere) {
  const std::string deep = std::string(33, '[') + std::string(33, ']');
  for (const Hazard& hazard : {
           Hazard{"", 0},
           Hazard{"   ", 3},
           Hazard{"\xEF\xBB\xBF{}", 0},
           Hazard{"{} x", 3},
           Hazard{"{}{}", 2},
           Hazard{R"({"a":1,"a":2})", 12},
           Hazard{R"({"x":{"a":1,"b":2,"a":3}})", 23},
           Hazard{"[\"\x01\"]", 2},
           Hazard{"[\"\xff\"]", 2},
           Hazard{"[\"\xc0\xaf\"]", 2},
           Hazard{"[\"\xed\xa0\x80\"]", 2},
           Hazard{"[01]", 2},
           Hazard{"[1.]", 3},
           Hazard{"[.5]", 1},
           Hazard{"[+1]", 1},
           Hazard{"[NaN]", 1},
           Hazard{"[1,]", 3},
           Hazard{"{\"a\":1,}", 7},
           Hazard{"{a:1}", 1},
           Hazard{"['a']", 1},
           Hazard{"[1 /* c */]", 3},
           Hazard{deep, 32},
       }) {
    const auto parsed = JsonDocument::parse(hazard.text);
    ASSERT_TRUE(std::holds_alternative<JsonError>(parsed)) << hazard.text;
    EXPECT_EQ(std::get<JsonError>(parsed).offset, hazard.offset) << hazard.text;
  }
}

TEST(JsonDocument, RefusesLoneSurrogates) {
  for (const char* text : {R"(["\ud800"])", R"(["\udc00"])", R"(["\ud800\u0041"])", R"(["\ud800x"])"}) {
    EXPECT_EQ(round_trip(text), "refused") << text;
  }
}

TEST(JsonDocument, TakesThirtyTwoLevels) {
  EXPECT_NE(round_trip(std::string(32, '[') + std::string(32, ']')), "refused");
}

TEST(JsonDocument, TellsAnEmptyKeyFromNoKey) {
  const auto parsed = JsonDocument::parse(R"({"":1,"b":[2]})");
  const auto root = std::get<JsonDocument>(parsed).root();
  ASSERT_TRUE(root.find(""));
  EXPECT_EQ(root.find("")->text(), "1");
  EXPECT_FALSE(root.find("c"));
  EXPECT_EQ(root.size(), 2U);
}

}  // namespace
}  // namespace contactd::resource
