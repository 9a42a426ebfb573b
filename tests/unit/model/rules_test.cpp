// Rules: the published patterns against RE2, whole numbers in any spelling, and what a draft says is wrong.
#include "resource/rules.hpp"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <random>

#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/contact.hpp"
#include "model/relation.hpp"
#include "resource/read.hpp"
#include "resource/text.hpp"

namespace contactd::resource {
namespace {

/// RE2's \s lacks the vertical tab, which ECMAScript's (and so the published page's) has.
std::string for_re2(std::string_view pattern) {
  std::string text(pattern);
  for (std::size_t at = 0; (at = text.find("\\s", at)) != std::string::npos; at += 4) text.replace(at, 2, "\\s\\v");
  return text;
}

std::string random_text(std::mt19937& random, std::string_view alphabet) {
  std::string text(random() % (random() % 8 == 0 ? 120 : 14), ' ');
  for (char& c : text) {
    c = random() % 40 == 0 ? static_cast<char>(random()) : alphabet[random() % alphabet.size()];
  }
  return text;
}

void compare_with_re2(const Pattern& pattern, std::mt19937& random) {
  const RE2 reference(for_re2(pattern.text()), RE2::Latin1);
  ASSERT_TRUE(reference.ok()) << pattern.text();
  constexpr std::string_view alphabets[] = {"abcXYZ019 ,.-'&()_/#\\\t\n\v\f\r", "ABCD0", "0123456789", "HDFC0000123"};
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = random_text(random, alphabets[static_cast<std::size_t>(i) % std::size(alphabets)]);
    EXPECT_EQ(pattern.matches(text), RE2::FullMatch(text, reference)) << pattern.text() << " on " << text;
  }
}

template <class T>
void compare_all(std::mt19937& random) {
  for_each_field<T>([&](const auto& each) {
    if constexpr (requires { each.rule.pattern; }) compare_with_re2(each.rule.pattern, random);
  });
}

TEST(Pattern, AgreesWithRe2OnEveryPublishedPattern) {
  std::mt19937 random(20250326);
  compare_all<model::Contact>(random);
  compare_all<model::Prop>(random);
  compare_all<model::Namespace>(random);
  compare_all<model::Address>(random);
  compare_all<model::Bank>(random);
  compare_all<model::Relation>(random);
}

TEST(WholeNumber, TakesAnySpelling) {
  const std::pair<const char*, std::int64_t> spellings[] = {{"7", 7},
                                                            {"7.0", 7},
                                                            {"7e0", 7},
                                                            {"0.7e1", 7},
                                                            {"70E-1", 7},
                                                            {"-0", 0},
                                                            {"0.000", 0},
                                                            {"1e3", 1000},
                                                            {"9007199254740991", 9007199254740991},
                                                            {"9007199254740991.000", 9007199254740991},
                                                            {"0e99999999999999999999", 0}};
  for (const auto& [text, number] : spellings) EXPECT_EQ(whole_number(text), number) << text;
  for (const char* text : {"7.5", "1e-1", "1e400", "1e19", "99999999999999999999", "0.1e-9999999999"}) {
    EXPECT_FALSE(whole_number(text)) << text;
  }
}

TEST(FoldWhiteSpace, DropsEndsAndJoinsRuns) {
  EXPECT_EQ(fold_white_space(" \t a \v\f b\r\n"), "a b");
  EXPECT_EQ(fold_white_space(" \n "), "");
}

std::vector<std::string> findings_of(std::string_view body) {
  Violations violations;
  const auto parsed = JsonDocument::parse(body);
  read_draft<model::Contact>(std::get<JsonDocument>(parsed).root(), ReadMode::create, Path{}, violations);
  std::vector<std::string> findings;
  for (const Violation& each : violations) findings.push_back(each.field + " " + each.code);
  std::sort(findings.begin(), findings.end());
  return findings;
}

TEST(Draft, SaysEverythingThatIsWrongAtOnce) {
  EXPECT_EQ(findings_of("{}"), (std::vector<std::string>{"name required", "namespace required", "props required",
                                                         "status required", "type required"}));
  EXPECT_EQ(findings_of(R"({"name":"  ","namespace":7,"status":"Active","type":null,"tags":["a","a ","b,c"],"refs":[],
                            "props":[{"key":"a"},{"key":"b","value":"x","type":"number"}],"nmae":1,"rm_id":"é",
                            "approval":{"state":"approved"}})"),
            (std::vector<std::string>{"name blank", "namespace wrong_type", "nmae unknown_field",
                                      "props/0/type required", "props/0/value required", "props/1/value invalid_format",
                                      "refs wrong_type", "rm_id invalid_character", "status not_a_choice",
                                      "tags/1 duplicate", "tags/2 invalid_character", "type required"}));
}

TEST(Draft, StopsReadingWhenMoreThanEnoughIsWrong) {
  std::string body = "{";
  for (int i = 0; i < 5'000; ++i) body += (i == 0 ? "\"u" : ",\"u") + std::to_string(i) + "\":1";
  EXPECT_EQ(findings_of(body + "}").size(), violations_max);
}

TEST(Path, EscapesAsJsonPointer) {
  const Path root;
  const Path props(root, "props");
  const Path item(props, std::size_t{3});
  EXPECT_EQ(Path(item, "a/b~c").text(), "props/3/a~1b~0c");
}

}  // namespace
}  // namespace contactd::resource
