// The quick way through JSON of our own: it tells all, or says that it cannot.
#include "resource/plain_objects.hpp"

#include <gtest/gtest.h>

#include <string>

namespace contactd::resource {
namespace {

/// What is told of a text: `{name=text;…}` for each object; "no" when it is given up.
std::string told(std::string_view json) {
  std::string told;
  const bool is_plain = walk_plain_objects(
      json, [&] { told += '|'; },
      [&](std::string_view name, std::string_view text) { told += std::string(name) + "=" + std::string(text) + ";"; });
  return is_plain ? told : "no";
}

TEST(PlainObjects, TellsOfEachObjectAndMember) {
  EXPECT_EQ(told("[]"), "");
  EXPECT_EQ(told(R"([{"id":"1","key":"a b"}])"), "|id=1;key=a b;");
  EXPECT_EQ(told(R"([{"id":"1"},{"id":"","key":"ü,]}"}])"), "|id=1;|id=;key=ü,]};");
}

TEST(PlainObjects, GivesUpOnEverythingElse) {
  for (const char* json :
       {"", "[", "{}", "[{}]", "[1]", R"(["a"])", R"([{"a":1}])", R"([{"a":"b"})", R"([{"a":"b"}]x)", R"([ {"a":"b"}])",
        R"([{"a":"b\"c"}])", R"([{"a\u0020":"b"}])", R"([{"a":"b"},])", R"([{"a":"b",}])", R"([{"a":"b)"}) {
    EXPECT_EQ(told(json), "no") << json;
  }
}

}  // namespace
}  // namespace contactd::resource
