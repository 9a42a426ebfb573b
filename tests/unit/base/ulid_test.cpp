// Ids: well-formed, increasing, and in the order of their times whatever the clock does.
#include "base/ulid.hpp"

#include <gtest/gtest.h>

#include <set>

namespace contactd {
namespace {

TEST(Ulid, IncreasesAndNeverRepeatsThoughTheClockStandsStillOrStepsBack) {
  std::int64_t clock = 1'700'000'000'000'000;
  int calls = 0;
  StampSource source([&] { return Time{clock - (++calls % 7) * 1'000'000}; }, [] { return ~std::uint64_t{0}; });
  Stamp last = source.next();
  for (int i = 0; i < 5'000; ++i) {
    std::string sibling = source.sibling(last);
    EXPECT_GT(sibling, last.id);
    const Stamp next = source.next();
    EXPECT_GT(next.id, sibling);
    EXPECT_GT(next.time, last.time);
    last = next;
  }
}

TEST(Ulid, CarriesItsTimeToTheMicrosecond) {
  StampSource source;
  for (int i = 0; i < 1'000; ++i) {
    const Stamp stamp = source.next();
    EXPECT_EQ(stamp.id.size(), 26U);
    EXPECT_TRUE(is_well_formed_id(stamp.id));
    EXPECT_LE(first_id_of(stamp.time), stamp.id);
    EXPECT_GE(last_id_of(stamp.time), stamp.id);
    EXPECT_LT(last_id_of(Time{stamp.time.microseconds - 1}), stamp.id);
    EXPECT_GT(first_id_of(Time{stamp.time.microseconds + 1}), stamp.id);
  }
}

TEST(Ulid, HasTheMillisecondsOfTheSpecificationInItsFirstTenCharacters) {
  // 1469918176385 ms is the time of the ULID specification's example, 01ARYZ6S41.
  EXPECT_EQ(first_id_of(Time{1'469'918'176'385'000}).substr(0, 10), "01ARYZ6S41");
}

TEST(Ulid, GoesOnAfterTheNewestTimeThatTheStoreHolds) {
  StampSource source([] { return Time{1'000}; });
  source.start_after(Time{5'000'000});
  EXPECT_GT(source.next().time, Time{5'000'000});
}

TEST(Ulid, AWellFormedIdHas8To50OfItsCharacters) {
  EXPECT_TRUE(is_well_formed_id("abc.DEF_1-"));
  for (const char* text : {"", "1234567", "with space", "slash/slash", "käse-käse"})
    EXPECT_FALSE(is_well_formed_id(text));
  EXPECT_TRUE(is_well_formed_id(std::string(50, 'a')));
  EXPECT_FALSE(is_well_formed_id(std::string(51, 'a')));
}

}  // namespace
}  // namespace contactd
