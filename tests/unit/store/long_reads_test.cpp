// Long reads are fair: tenants take turns, none has all threads, none fills the queue.
#include "store/long_reads.hpp"

#include <gtest/gtest.h>

#include <future>

namespace contactd::store {
namespace {

/// Work that waits until it is let go.
class Gate {
 public:
  std::function<void()> work() {
    return [this] {
      ++entered_;
      future_.wait();
    };
  }
  void open() { promise_.set_value(); }
  void wait_for(int number) const {
    while (entered_ < number) std::this_thread::yield();
  }
  int entered() const { return entered_; }

 private:
  std::promise<void> promise_;
  std::shared_future<void> future_{promise_.get_future().share()};
  std::atomic<int> entered_{0};
};

TEST(LongReads, ATenantNeverHasAllThreads) {
  Gate gate;
  LongReads reads({.threads = 3});
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(reads.submit("greedy", gate.work()));
  gate.wait_for(2);
  // The third thread is free for another tenant, however much the first one asks for.
  std::promise<void> served;
  ASSERT_TRUE(reads.submit("modest", [&] { served.set_value(); }));
  EXPECT_EQ(served.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
  EXPECT_EQ(gate.entered(), 2);
  gate.open();
}

TEST(LongReads, TenantsTakeTurns) {
  std::string order;
  std::mutex mutex;
  {
    Gate gate;
    LongReads reads({.threads = 1});
    ASSERT_TRUE(reads.submit("first", gate.work()));
    gate.wait_for(1);
    const auto note = [&](char name) {
      return [&, name] {
        const std::lock_guard lock(mutex);
        order += name;
      };
    };
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(reads.submit("tenant-a", note('a')));
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(reads.submit("tenant-b", note('b')));
    ASSERT_TRUE(reads.submit("tenant-c", note('c')));
    gate.open();
  }
  EXPECT_EQ(order, "abcabaa");
}

TEST(LongReads, ATenantHasHalfOfTheQueue) {
  Gate gate;
  LongReads reads({.threads = 1, .queue_max = 4});
  ASSERT_TRUE(reads.submit("greedy", gate.work()));
  gate.wait_for(1);
  EXPECT_TRUE(reads.submit("greedy", [] {}));
  EXPECT_TRUE(reads.submit("greedy", [] {}));
  EXPECT_FALSE(reads.submit("greedy", [] {}));
  EXPECT_TRUE(reads.submit("modest", [] {}));
  EXPECT_TRUE(reads.submit("other", [] {}));
  EXPECT_FALSE(reads.submit("third", [] {}));  // the queue itself is full
  gate.open();
}

TEST(LongReads, AllThatWaitsIsDoneInTheEnd) {
  std::atomic<int> done{0}, behind{0};
  {
    LongReads reads({.threads = 2, .queue_max = 1'000, .after_each = [&] { ++behind; }});
    for (int i = 0; i < 300; ++i) {
      ASSERT_TRUE(reads.submit("tenant-" + std::to_string(i % 7), [&] { ++done; }));
    }
  }
  EXPECT_EQ(done, 300);
  EXPECT_EQ(behind, 300);
}

TEST(LongReads, WhatFailsBehindAReadDoesNotEndTheThread) {
  std::promise<void> served;
  LongReads reads({.threads = 1, .after_each = [] { throw std::runtime_error("no reader"); }});
  ASSERT_TRUE(reads.submit("tenant-a", [] { throw std::runtime_error("nobody was told"); }));
  ASSERT_TRUE(reads.submit("tenant-a", [&] { served.set_value(); }));
  EXPECT_EQ(served.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
}

}  // namespace
}  // namespace contactd::store
