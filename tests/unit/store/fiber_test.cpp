// Fibers: they take turns on a thread, have exceptions of their own, and can be used again.
#include "store/fiber.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>
#include <string>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

namespace contactd::store {
namespace {

TEST(Fiber, TakesTurnsWithOthers) {
  std::string order;
  Fiber first, second;
  first.start([&] {
    order += 'a';
    first.wait();
    order += 'c';
  });
  second.start([&] {
    order += 'b';
    second.wait();
    order += 'd';
  });
  EXPECT_EQ(order, "ab");
  EXPECT_TRUE(first.is_running());
  first.resume();
  second.resume();
  EXPECT_EQ(order, "abcd");
  EXPECT_FALSE(first.is_running());
  EXPECT_FALSE(second.is_running());
}

TEST(Fiber, RunsOneBodyBehindTheOther) {
  Fiber fiber;
  int sum = 0;
  for (int i = 1; i <= 100; ++i) {
    fiber.start([&] {
      fiber.wait();
      sum += i;
    });
    fiber.resume();
  }
  EXPECT_EQ(sum, 5050);
}

#if defined(__SANITIZE_ADDRESS__)
/// Else what is put there next, a thread's own variables for one, is taken for a mistake.
TEST(Fiber, LeavesNoMarksWhereItsStackWas) {
  constexpr std::uintptr_t page_bytes = 4096;
  std::uintptr_t within = 0;
  {
    Fiber fiber;
    fiber.start([&] {
      const char local = 'x';
      within = reinterpret_cast<std::uintptr_t>(&local);
      fiber.wait();
    });
    fiber.resume();
  }
  // The stack ends with a page, and nothing but frames of its beginning is above.
  auto* const begin = reinterpret_cast<void*>(within);
  EXPECT_EQ(__asan_region_is_poisoned(begin, page_bytes - within % page_bytes), nullptr);
}
#endif

TEST(Fiber, ExceptionsStayInside) {
  Fiber fiber;
  std::string caught;
  fiber.start([&] {
    try {
      fiber.wait();
      throw std::runtime_error("inside");
    } catch (const std::runtime_error& error) {
      caught = error.what();
    }
    fiber.wait();
  });
  try {
    fiber.resume();
    throw std::runtime_error("outside");
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "outside");
  }
  EXPECT_EQ(caught, "inside");
  fiber.resume();
  EXPECT_FALSE(fiber.is_running());
}

TEST(Fiber, GivesBackWhatItsBodyHeld) {
  const auto held = std::make_shared<int>(1);
  Fiber fiber;
  fiber.start([held, &fiber] { fiber.wait(); });
  EXPECT_EQ(held.use_count(), 2);
  fiber.resume();
  EXPECT_EQ(held.use_count(), 1);
}

TEST(Fiber, NeedNotBeUsed) {
  const Fiber fiber;
  EXPECT_FALSE(fiber.is_running());
}

}  // namespace
}  // namespace contactd::store
