// Times: RFC 3339 in and out.
#include "base/time.hpp"

#include <gtest/gtest.h>

namespace contactd {
namespace {

TEST(Time, IsShownWithSixDigitsAndZ) {
  EXPECT_EQ(format_time(Time{1'742'997'179'683'345}), "2025-03-26T13:52:59.683345Z");
  EXPECT_EQ(format_time(Time{0}), "1970-01-01T00:00:00.000000Z");
}

TEST(Time, ADateIsTheWholeDay) {
  const auto day = parse_date_or_instant("2025-05-12");
  ASSERT_TRUE(day);
  EXPECT_EQ(format_time(day->first), "2025-05-12T00:00:00.000000Z");
  EXPECT_EQ(format_time(day->last), "2025-05-12T23:59:59.999999Z");
}

TEST(Time, AnInstantIsTakenToUtc) {
  for (const char* text : {"2025-03-26T13:52:59.683345Z", "2025-03-26T19:22:59.683345+05:30",
                           "2025-03-26T19:22:59.683345 05:30", "2025-03-26t13:52:59.6833459Z"}) {
    const auto instant = parse_date_or_instant(text);
    ASSERT_TRUE(instant) << text;
    EXPECT_EQ(format_time(instant->first), "2025-03-26T13:52:59.683345Z") << text;
    EXPECT_EQ(instant->first, instant->last);
  }
}

TEST(Time, RefusesWhatIsNeither) {
  for (const char* text : {"", "2025", "2025-13-01", "2025-02-30", "2025-05-12T10:00:00", "2025-5-12",
                           "2025-05-12T24:00:00Z", "2025-05-12T10:00:00.Z", "2025-05-12T10:00:00+5:30",
                           "2025-05-12T10:00:00Zx", "2025-05-12 ", "0x25-05-12", "2025-05-12T10:00:00+24:00"}) {
    EXPECT_FALSE(parse_date_or_instant(text)) << text;
  }
}

}  // namespace
}  // namespace contactd
