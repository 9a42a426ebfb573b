// Targets taken apart: decoding, what is no path, what is no text.
#include "http/url.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace contactd::http {
namespace {

using namespace std::string_literals;
using Segments = std::vector<std::string>;
using Parameters = std::vector<std::pair<std::string, std::string>>;

TEST(Url, SplitsPathAndQuery) {
  const Target target = split_target("/contacts/a%20b+c/props/%C3%A9/?a=1&b=x+y%2B%26&a=2&flag&=e&&q=1=2");
  EXPECT_EQ(target.verdict, Target::Verdict::ok);
  EXPECT_EQ(target.segments, (Segments{"contacts", "a b+c", "props", "\xc3\xa9"}));
  EXPECT_TRUE(target.trailing_slash);
  EXPECT_EQ(target.parameters,
            (Parameters{{"a", "1"}, {"b", "x y+&"}, {"a", "2"}, {"flag", ""}, {"", "e"}, {"q", "1=2"}}));
}

TEST(Url, TheLastSlashIsNoSegment) {
  EXPECT_EQ(split_target("/contacts").segments, split_target("/contacts/").segments);
  EXPECT_FALSE(split_target("/contacts").trailing_slash);
  EXPECT_TRUE(split_target("/").trailing_slash);
  EXPECT_TRUE(split_target("/").segments.empty());
  EXPECT_EQ(split_target("/?").verdict, Target::Verdict::ok);
  EXPECT_EQ(split_target("/a?x=%00").parameters, (Parameters{{"x", "\0"s}}));
  EXPECT_EQ(split_target("/a?b/../c//?").parameters, (Parameters{{"b/../c//?", ""}}));
}

TEST(Url, PathsThatNameNothing) {
  for (const char* text : {"//", "/a//b", "/a//", "//a", "/.", "/..", "/a/./b", "/a/../b", "/a/%2e", "/%2E%2e/",
                           "/.%2e", "/a%2Fb", "/a%2f", "/%00", "/a%00b/", "*", "", "a"}) {
    EXPECT_EQ(split_target(text).verdict, Target::Verdict::no_route) << text;
  }
  for (const char* text : {"/...", "/.a", "/a.", "/%2e%2e%2e", "/%5c", "/%252F", "/~"}) {
    EXPECT_EQ(split_target(text).verdict, Target::Verdict::ok) << text;
  }
}

TEST(Url, BadEncodingComesFirst) {
  for (const char* text :
       {"/%",         "/%4",        "/%g0",       "/%0g",          "/a?%",           "/a?b=%4",       "/a?%zz=b",
        "//?x=%",     "/../%ff",    "/%ff/..",    "/%c3",          "/%c3/%a9",       "/%c0%80",       "/%c0%af",
        "/%e0%80%80", "/%e0%9f%bf", "/%ed%a0%80", "/%f0%80%80%80", "/%f0%8f%bf%bf",  "/%f4%90%80%80", "/%f5%80%80%80",
        "/%80",       "/%fe",       "/%e2%82",    "/%f0%9f%98",    "/a?x=%c3&y=%a9", "/a?%ff",        "/\xff"}) {
    EXPECT_EQ(split_target(text).verdict, Target::Verdict::bad) << text;
  }
}

TEST(Url, EverySizeOfUtf8) {
  const Target target =
      split_target("/%7f/%c2%80/%df%bf/%e0%a0%80/%ed%9f%bf/%ee%80%80/%ef%bf%bf/%f0%90%80%80/%f4%8f%bf%bf");
  EXPECT_EQ(target.verdict, Target::Verdict::ok);
  EXPECT_EQ(target.segments.size(), 9U);
  EXPECT_EQ(target.segments[8], "\xf4\x8f\xbf\xbf");
}

}  // namespace
}  // namespace contactd::http
