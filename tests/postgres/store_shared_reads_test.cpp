// Reads that share a transaction: each sees its own tenant's rows, and one's trouble is nobody else's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shared_reads.hpp"

namespace contactd::store {
namespace {

using testing::ElementsAre;

class SharedReadsTest : public test::SharedReadsFixture {};

TEST_F(SharedReadsTest, TogetherEachSeesTheRowsOfItsOwnTenant) {
  constexpr int count = 20;
  std::vector<std::vector<std::string>> first(count), second(count);
  std::vector<std::string> transactions(count);
  std::vector<std::future<std::exception_ptr>> ended;
  ended.push_back(hold_lane());
  for (int i = 0; i < count; ++i) {
    ended.push_back(submit(i % 2 == 0 ? "one" : "two", [&, i](Session& session) {
      first[i] = ask(session, "SELECT id FROM things");
      transactions[i] = transaction_of(session);
      second[i] = ask(session, "SELECT id FROM things");
    }));
  }
  let_go();
  for (auto& each : ended) EXPECT_FALSE(each.get());
  for (int i = 0; i < count; ++i) {
    EXPECT_THAT(first[i], ElementsAre(i % 2 == 0 ? "of one" : "of two")) << i;
    EXPECT_EQ(first[i], second[i]);
    EXPECT_EQ(transactions[i], transactions[0]) << "it had a transaction of its own";
  }
}

TEST_F(SharedReadsTest, OneThatFailsFailsAlone) {
  std::vector<std::string> found;
  auto held = hold_lane();
  auto before = submit("one", [&](Session& session) { ask(session, "SELECT 1"); });
  auto wrong = submit("one", [](Session& session) { ask(session, "SELECT 1 / 0"); });
  auto behind = submit("two", [&](Session& session) {
    ask(session, "SELECT 2");
    found = ask(session, "SELECT id FROM things");
  });
  auto problem = submit("two", [](Session& session) {
    ask(session, "SELECT 3");
    throw std::out_of_range("nobody there");
  });
  let_go();
  EXPECT_FALSE(held.get());
  EXPECT_FALSE(before.get());
  EXPECT_FALSE(behind.get());
  EXPECT_THAT(found, ElementsAre("of two"));
  EXPECT_THROW(std::rethrow_exception(wrong.get()), StoreError);
  EXPECT_THROW(std::rethrow_exception(problem.get()), std::out_of_range);
  EXPECT_GE(reads_->run_again(), 3U);
}

TEST_F(SharedReadsTest, OneThatTheServerCutsShortIsCutShortAlone) {
  reads_ = std::make_unique<SharedReads>(
      PostgresOptions{.url = database_.url() + "&options=-cstatement_timeout%3D1000"}, SharedReadSettings{.lanes = 1});
  std::vector<std::string> found;
  auto held = hold_lane();
  auto slow = submit("one", [](Session& session) { ask(session, "SELECT pg_sleep(5)::text"); });
  auto behind = submit("two", [&](Session& session) { found = ask(session, "SELECT id FROM things"); });
  let_go();
  EXPECT_FALSE(held.get());
  EXPECT_FALSE(behind.get());
  EXPECT_THAT(found, ElementsAre("of two"));
  EXPECT_THROW(std::rethrow_exception(slow.get()), StoreError);
}

TEST_F(SharedReadsTest, ATenantThatHasNothingYetSeesNothing) {
  std::vector<std::string> found{"something"};
  auto held = hold_lane();
  auto with_rows = submit("one", [](Session& session) { ask(session, "SELECT id FROM things"); });
  auto without = submit("nobody", [&](Session& session) { found = ask(session, "SELECT id FROM things"); });
  let_go();
  for (auto* each : {&held, &with_rows, &without}) EXPECT_FALSE(each->get());
  EXPECT_TRUE(found.empty());
}

TEST_F(SharedReadsTest, AServerThatCutsTheConnectionIsAskedAgain) {
  int runs = 0;
  auto cut = submit("one", [&](Session& session) {
    const bool is_first = ++runs == 1;
    ask(session, is_first ? "SELECT pg_terminate_backend(pg_backend_pid())::text" : "SELECT 1");
    ask(session, "SELECT 2");
  });
  EXPECT_FALSE(cut.get());
  EXPECT_EQ(runs, 2);
  std::vector<std::string> found;
  EXPECT_FALSE(submit("two", [&](Session& session) { found = ask(session, "SELECT id FROM things"); }).get());
  EXPECT_THAT(found, ElementsAre("of two"));
}

TEST_F(SharedReadsTest, NothingCanBeWritten) {
  auto write = submit("one", [](Session& session) { ask(session, "CREATE TABLE mine (id TEXT)"); });
  EXPECT_THROW(std::rethrow_exception(write.get()), StoreError);
}

TEST_F(SharedReadsTest, WhatWaitsIsFinishedWhenTheyEnd) {
  std::vector<std::future<std::exception_ptr>> ended;
  ended.push_back(hold_lane());
  for (int i = 0; i < 100; ++i) ended.push_back(submit("one", [](Session& session) { ask(session, "SELECT 1"); }));
  let_go();
  reads_.reset();
  for (auto& each : ended) EXPECT_FALSE(each.get());
}

}  // namespace
}  // namespace contactd::store
