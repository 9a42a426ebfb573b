// Patterns for references: what is refused, and what comes out on a given day.
#include "model/reference_pattern.hpp"

#include <gtest/gtest.h>

namespace contactd::model {
namespace {

constexpr Time march_26_2025{1'742'997'179'683'345};

std::string made(std::string_view pattern, std::int64_t number) {
  return ReferenceSeries(pattern, march_26_2025).reference(number);
}

TEST(ReferenceSeries, FillsInDatesAndNumber) {
  EXPECT_EQ(made("C/{yyyy}-{mm}/{counter:06}", 7), "C/2025-03/000007");
  EXPECT_EQ(made("{dd}{yy}_{counter}.x", 0), "2625_0.x");
  EXPECT_EQ(made("string", 12), "string12");
  EXPECT_EQ(made("{counter:03}", 12'345), "12345");
  EXPECT_EQ(made("{counter:012}", 9), "000000000009");
  EXPECT_EQ(made("A", (std::int64_t{1} << 53) - 1), "A9007199254740991");
}

TEST(ReferenceSeries, KnowsWhereReferencesEnd) {
  const auto last = [](const std::string& pattern) {
    return ReferenceSeries(pattern, march_26_2025).last_number((std::int64_t{1} << 53) - 1);
  };
  EXPECT_EQ(last(std::string(48, 'a')), 99);
  EXPECT_EQ(last(std::string(49, 'a')), 9);
  EXPECT_EQ(last(std::string(50, 'a')), -1);
  EXPECT_EQ(last(std::string(30, 'a')), (std::int64_t{1} << 53) - 1);
  EXPECT_EQ(last("{yyyy}" + std::string(32, 'a') + "{counter:012}"), 99'999'999'999'999);
  EXPECT_EQ(last("{yyyy}" + std::string(34, 'a') + "{counter:012}x"), -1);
}

TEST(ReferencePattern, RefusesWhatCouldNotBeAReference) {
  const auto code = [](std::string pattern) {
    const auto finding = ReferencePattern{}.check(pattern);
    return finding ? std::string(finding->code) : std::string("fine");
  };
  EXPECT_EQ(code("{counter}{counter:02}"), "invalid_format");
  EXPECT_EQ(code("{counter:13}"), "invalid_format");
  EXPECT_EQ(code("{counter:00}"), "invalid_format");
  EXPECT_EQ(code("{counter:013}"), "invalid_format");
  EXPECT_EQ(code("{counter:}"), "invalid_format");
  EXPECT_EQ(code("{week}"), "invalid_format");
  EXPECT_EQ(code("{yyyy"), "invalid_format");
  EXPECT_EQ(code("a}b"), "invalid_character");
  EXPECT_EQ(code("a b"), "invalid_character");
  EXPECT_EQ(code(std::string(51, 'a')), "too_long");
  EXPECT_EQ(code("{yyyy}/{counter:012}"), "fine");
}

}  // namespace
}  // namespace contactd::model
