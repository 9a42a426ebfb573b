// What was packed comes out again, and the pages are put together from it.
#include "web/document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/problem.hpp"
#include "web/gzip.hpp"
#include "web/html.hpp"

namespace contactd::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string source_file(const std::string& name) {
  std::ifstream file(std::string(CONTACTD_WEB_FOLDER) + "/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Gzip, GivesBackWhatItWasGiven) {
  for (const std::string& text :
       {std::string(), std::string("x"), std::string(300'000, 'a'), std::string("\0\n\xff", 3)}) {
    EXPECT_EQ(gunzip(gzip(text)), text);
  }
  EXPECT_LT(gzip(std::string(300'000, 'a')).size(), 1'000U);
}

TEST(Gzip, RefusesWhatIsBroken) {
  const std::string whole = gzip("a page");
  EXPECT_THROW(gunzip(whole.substr(0, whole.size() - 1)), std::runtime_error);
  EXPECT_THROW(gunzip("a page"), std::runtime_error);
  EXPECT_THROW(gunzip(""), std::runtime_error);
}

TEST(Archive, HoldsTheFilesAsTheyAre) {
  for (const std::string name : {"assets/site.css", "assets/site.js", "assets/icon.svg", "pages/frame.html"}) {
    const PackedFile* file = find_packed_file(name);
    ASSERT_NE(file, nullptr) << name;
    const std::string text = source_file(name);
    EXPECT_FALSE(text.empty());
    EXPECT_EQ(gunzip(file->gzipped), text) << name;
  }
  EXPECT_EQ(find_packed_file("assets/"), nullptr);
}

TEST(Documents, AssetsAreFoundByNameAlone) {
  const Document* style = find_asset("site.css");
  ASSERT_NE(style, nullptr);
  EXPECT_EQ(style->content_type(), "text/css; charset=utf-8");
  EXPECT_EQ(style->plain(), source_file("assets/site.css"));
  EXPECT_EQ(gunzip(style->gzipped()), style->plain());
  ASSERT_NE(find_asset("api-reference.js"), nullptr);
  EXPECT_GT(find_asset("api-reference.js")->plain().size(), 1'000'000U);
  for (const std::string_view name : {"", "assets/site.css", "../pages/frame.html", "frame.html", "site.cs"}) {
    EXPECT_EQ(find_asset(name), nullptr) << name;
  }
}

TEST(Documents, PagesAreWholeAndHaveNothingInline) {
  for (const std::string_view name : {"reference", "getting-started", "day", "problems"}) {
    const Document* page = find_page(name);
    ASSERT_NE(page, nullptr) << name;
    const std::string html(page->plain());
    EXPECT_THAT(html, HasSubstr("<title>"));
    EXPECT_THAT(html, HasSubstr("</html>"));
    EXPECT_THAT(html, Not(HasSubstr("{{"))) << name;
    EXPECT_THAT(html, Not(HasSubstr("<style")));
    EXPECT_THAT(html, Not(HasSubstr("style=\"")));
    EXPECT_THAT(html, Not(HasSubstr("<script>")));
    EXPECT_EQ(gunzip(page->gzipped()), html);
    EXPECT_THAT(std::string(page->security_policy()), HasSubstr("default-src 'none'; script-src 'self'; "));
  }
  for (const std::string_view name : {"", "frame", "problem", "assets"}) EXPECT_EQ(find_page(name), nullptr) << name;
}

TEST(Documents, EveryProblemHasItsRowAndItsPage) {
  const std::string all(find_page("problems")->plain());
  for (const ProblemKind& kind : problem_table) {
    const Document* page = find_problem_page(kind.code);
    ASSERT_NE(page, nullptr) << kind.code;
    for (const std::string& html : {all, std::string(page->plain())}) {
      EXPECT_THAT(html, HasSubstr(std::to_string(kind.status)));
      EXPECT_THAT(html, HasSubstr(escape_html(kind.title)));
      EXPECT_THAT(html, HasSubstr(escape_html(kind.help)));
    }
    EXPECT_THAT(all, HasSubstr("href=\"/problems/" + std::string(kind.code) + "/\""));
  }
  EXPECT_EQ(find_problem_page("no_such_code"), nullptr);
  EXPECT_THAT(all, Not(HasSubstr("<JWT>")));
}

TEST(Html, EscapesWhatWouldBeMarkup) {
  EXPECT_EQ(escape_html("<a href=\"x\">&</a>"), "&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;");
  EXPECT_EQ(fill("<p>{{x}}</p>", "x", "1"), "<p>1</p>");
  EXPECT_THROW(fill("<p></p>", "x", "1"), std::logic_error);
}

}  // namespace
}  // namespace contactd::web
