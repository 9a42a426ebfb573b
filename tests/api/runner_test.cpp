// Tests of the runner itself: expectations that do not hold are found, at their line, and no others.
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "expectations.hpp"
#include "match.hpp"
#include "runner.hpp"

namespace contactd::scenario {
namespace {

/// The lines at which a run of the file fails.
std::set<int> failing_lines(const Scenario& scenario) {
  testing::TestPartResultArray results;
  {
    const testing::ScopedFakeTestPartResultReporter reporter(
        testing::ScopedFakeTestPartResultReporter::INTERCEPT_ALL_THREADS, &results);
    run(scenario, store_kinds().front());
  }
  std::set<int> lines;
  for (int i = 0; i < results.size(); ++i) lines.insert(results.GetTestPartResult(i).line_number());
  return lines;
}

TEST(Runner, FindsEveryExpectationThatDoesNotHold) {
  const Scenario scenario = read_scenario(CONTACTD_SCENARIO_FOLDER "/../wrong/every_expectation.scenario");
  const std::set<int> lines = failing_lines(scenario);
  for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
    const Step& step = scenario.steps[i];
    const int end = i + 1 < scenario.steps.size() ? scenario.steps[i + 1].line : step.line + 20;
    const auto first = lines.lower_bound(step.line);
    const bool failed = first != lines.end() && *first < end;
    EXPECT_EQ(failed, step.title.starts_with("wrong")) << scenario.path << ":" << step.line << " " << step.title;
  }
}

TEST(Runner, PlaceholdersStandForWhatTheySay) {
  EXPECT_TRUE(text_matches("<id>", "01ARZ3NDEKTSV4RRFFQ69G5FAV"));
  EXPECT_FALSE(text_matches("<id>", "01ARZ3NDEKTSV4RRFFQ69G5FA"));
  EXPECT_FALSE(text_matches("<id>", "01ARZ3NDEKTSV4RRFFQ69G5FAu"));
  EXPECT_TRUE(text_matches("/contacts/<id>/", "/contacts/01ARZ3NDEKTSV4RRFFQ69G5FAV/"));
  EXPECT_TRUE(text_matches("<time>", "2025-03-26T13:52:59.683345Z"));
  EXPECT_FALSE(text_matches("<time>", "2025-03-26T13:52:59Z"));
  EXPECT_TRUE(text_matches("\"<number>-<hex>\"", "\"12-00ff\""));
  EXPECT_FALSE(text_matches("\"<number>-<hex>\"", "\"12-00FF\""));
  EXPECT_TRUE(text_matches("a<any>c", "ac"));
  EXPECT_FALSE(text_matches("a<any>c", "acd"));
}

TEST(Runner, StatusesAtOnceAreCounted) {
  EXPECT_EQ(status_complaint("1 x 201, 2 x 409", {409, 201, 409}), "");
  EXPECT_EQ(status_complaint("1 x 201, 409 or 412", {409, 201, 412}), "");
  EXPECT_EQ(status_complaint("200", {200, 200}), "");
  EXPECT_NE(status_complaint("1 x 201, 2 x 409", {201, 201, 409}), "");
  EXPECT_NE(status_complaint("1 x 201", {201, 409}), "");
  EXPECT_NE(status_complaint("2 x 201", {201}), "");
}

TEST(Runner, HelpersAreExpandedAndJsonIsLeftAlone) {
  const Names names{{"contact", "ID"}, {"n", "3"}};
  EXPECT_EQ(expand(R"({"a":"{contact}","b":{}})", names), R"({"a":"ID","b":{}})");
  EXPECT_EQ(expand(R"("{repeat 3 "x{n}"}")", names), R"("x3x3x3")");
  EXPECT_EQ(expand(R"([{each 2 '{"k":"#"}'}])", names), R"([{"k":"1"},{"k":"2"}])");
  EXPECT_EQ(expand("{hex 41 00}", names), std::string("A\0", 2));
  EXPECT_EQ(expand("{counter}-{counter:06}", names), "{counter}-{counter:06}");
  EXPECT_THROW(expand("{unknown}", names), std::runtime_error);
}

TEST(Runner, LinesThatItDoesNotUnderstandAreRefused) {
  const std::string path = testing::TempDir() + "contactd_runner_test.scenario";
  for (const char* text : {"nonsense\n", "step a\n  GET /x without token\n  expects 200\n", "step a\n  gives 200\n",
                           "step a\n  GET /x without token\n", "step a\n  GET /x\n  gives 200\n",
                           "step a\n  GET /x without token\n  gives 200\n  for each a | b\n    1\n"}) {
    std::ofstream(path) << text;
    EXPECT_THROW(read_scenario(path), std::runtime_error) << text;
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace contactd::scenario
