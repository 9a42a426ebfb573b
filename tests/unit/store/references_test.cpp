// The search for a free number: how few questions it asks, whatever is taken.
#include "store/references.hpp"

#include <gtest/gtest.h>

#include <set>

#include "model/namespace.hpp"

namespace contactd::store {
namespace {

struct Search {
  std::optional<std::int64_t> found;
  int questions = 0;
};

template <class IsTaken>
Search search(std::int64_t first, IsTaken is_taken, std::int64_t last = model::counter_max) {
  Search search;
  search.found = next_free_number(first, last, [&](std::int64_t number) {
    ++search.questions;
    EXPECT_GE(number, first);
    EXPECT_LE(number, last);
    return is_taken(number);
  });
  return search;
}

TEST(NextFreeNumber, IsTheFirstWhenThatIsFree) {
  const Search result = search(7, [](std::int64_t) { return false; });
  EXPECT_EQ(result.found, 7);
  EXPECT_EQ(result.questions, 1);
}

TEST(NextFreeNumber, FillsShortHoles) {
  EXPECT_EQ(search(0, [](std::int64_t n) { return n != 9; }).found, 9);
}

TEST(NextFreeNumber, LeavesNoHoleBehindALongRun) {
  for (const std::int64_t run : {31, 32, 33, 1'000, 1'000'000, 1'000'000'000}) {
    const Search result = search(0, [&](std::int64_t n) { return n < run; });
    EXPECT_EQ(result.found, run);
    EXPECT_LE(result.questions, 110) << "for a run of " << run;
  }
}

TEST(NextFreeNumber, IsFoundAlsoWhereEveryLeapIsTaken) {
  std::set<std::int64_t> asked;
  (void)search(0, [&](std::int64_t n) { return n < 40 || asked.insert(n).second; });
  const Search result = search(0, [&](std::int64_t n) { return n < 40 || asked.contains(n); });
  ASSERT_TRUE(result.found.has_value());
  EXPECT_FALSE(asked.contains(*result.found) || *result.found < 40);
  EXPECT_LT(*result.found, 1'000'000) << "near by";
  EXPECT_LE(result.questions, 1'000);
}

TEST(NextFreeNumber, FindsTheLastHoleOfASmallRest) {
  EXPECT_EQ(search(
                1, [](std::int64_t n) { return n != 70; }, 99)
                .found,
            70);
  EXPECT_EQ(search(
                1, [](std::int64_t) { return true; }, 99)
                .found,
            std::nullopt);
  EXPECT_EQ(search(
                5, [](std::int64_t) { return false; }, -1)
                .found,
            std::nullopt);
}

TEST(NextFreeNumber, EndsWhereNothingIsFree) {
  const Search result = search(model::counter_max - 3, [](std::int64_t) { return true; });
  EXPECT_FALSE(result.found.has_value());
  EXPECT_LE(result.questions, 1'000);
}

TEST(NextFreeNumber, TakesTheVeryLastOne) {
  EXPECT_EQ(search(model::counter_max, [](std::int64_t) { return false; }).found, model::counter_max);
}

}  // namespace
}  // namespace contactd::store
