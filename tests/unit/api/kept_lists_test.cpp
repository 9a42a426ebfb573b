// Kept lists: right as long as they are given, and bounded.
#include "api/kept_lists.hpp"

#include <gtest/gtest.h>

namespace contactd::api {
namespace {

TEST(KeptLists, GivesWhatWasKeptForTenantTargetAndNumber) {
  KeptLists lists;
  lists.keep("tenant-one", "/contacts/", 7, "one");
  lists.keep("tenant-two", "/contacts/", 7, "two");
  ASSERT_NE(lists.find("tenant-one", "/contacts/", 7), nullptr);
  EXPECT_EQ(*lists.find("tenant-one", "/contacts/", 7), "one");
  EXPECT_EQ(*lists.find("tenant-two", "/contacts/", 7), "two");
  EXPECT_EQ(lists.find("tenant-one", "/contacts/?page=2", 7), nullptr);
  EXPECT_EQ(lists.find("tenant-ones", "/contacts/", 7), nullptr);
}

TEST(KeptLists, ForgetsWhatIsOfAnotherNumber) {
  KeptLists lists;
  lists.keep("tenant-one", "/contacts/", 7, "old");
  EXPECT_EQ(lists.find("tenant-one", "/contacts/", 8), nullptr);
  EXPECT_EQ(lists.find("tenant-one", "/contacts/", 7), nullptr);
  EXPECT_EQ(lists.bytes(), 0U);
}

TEST(KeptLists, AnAnswerReplacesTheOneBefore) {
  KeptLists lists;
  lists.keep("tenant-one", "/contacts/", 7, "old");
  const std::size_t bytes = lists.bytes();
  lists.keep("tenant-one", "/contacts/", 8, "new");
  EXPECT_EQ(*lists.find("tenant-one", "/contacts/", 8), "new");
  EXPECT_EQ(lists.bytes(), bytes);
}

TEST(KeptLists, StaysWithinItsBoundsAndDropsWhatWasNotUsedForLongest) {
  KeptLists lists;
  lists.keep("tenant-one", "/too-large/", 1, std::string(KeptLists::answer_bytes_max + 1, 'x'));
  EXPECT_EQ(lists.find("tenant-one", "/too-large/", 1), nullptr);
  const std::string body(100'000, 'x');
  for (int i = 0; i < 200; ++i) {
    lists.keep("tenant-one", "/" + std::to_string(i), 1, body);
    EXPECT_NE(lists.find("tenant-one", "/0", 1), nullptr) << i;  // used all the time
    EXPECT_LE(lists.bytes(), KeptLists::bytes_max);
  }
  EXPECT_EQ(lists.find("tenant-one", "/1", 1), nullptr);
  EXPECT_NE(lists.find("tenant-one", "/199", 1), nullptr);
}

}  // namespace
}  // namespace contactd::api
