// Reads that share a transaction: each sees its own tenant's rows, and one's trouble is nobody else's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "database.hpp"
#include "store/shared_reads.hpp"

namespace contactd::store {
namespace {

using testing::ElementsAre;

class SharedReadsTest : public testing::Test {
 protected:
  /// Two tenants, and a table behind a wall of the store's kind with one row for each.
  SharedReadsTest() {
    const auto owner = make_postgres_connection({.url = database_.url("contactd_owner")});
    owner->run_script(
        "CREATE TABLE tenants (tenant_id BIGINT, name TEXT); INSERT INTO tenants VALUES (1, 'one'), (2, 'two');"
        "CREATE TABLE things (tenant_id BIGINT, id TEXT);"
        "INSERT INTO things VALUES (1, 'of one'), (2, 'of two');"
        "ALTER TABLE things ENABLE ROW LEVEL SECURITY;"
        "CREATE POLICY wall ON things USING "
        "(tenant_id = NULLIF(current_setting('contactd.tenant', true), '')::bigint);"
        "GRANT SELECT ON tenants, things TO contactd");
    reads_ = std::make_unique<SharedReads>(PostgresOptions{.url = database_.url()}, SharedReadSettings{.lanes = 1});
  }

  /// The error that the read ends with, if any, once it has ended.
  std::future<std::exception_ptr> submit(std::string_view tenant, std::function<void(Session&)> work) {
    auto ended = std::make_shared<std::promise<std::exception_ptr>>();
    EXPECT_TRUE(reads_->submit({{tenant, "somebody", "request"}, std::move(work), [ended](std::exception_ptr error) {
                                  ended->set_value(error);
                                }}));
    return ended->get_future();
  }
  /// Keeps the lane busy, so that what is submitted next runs together.
  std::future<std::exception_ptr> hold_lane() {
    std::promise<void> begun;
    auto ended = submit("one", [&begun](Session& session) {
      begun.set_value();
      ask(session, "SELECT pg_sleep(0.3)::text");
    });
    begun.get_future().wait();
    return ended;
  }
  static std::vector<std::string> ask(Session& session, const std::string& sql) {
    std::vector<std::string> found;
    session.run(sql, Values(), [&](const Row& row) {
      found.emplace_back(row.text(0));
      return true;
    });
    return found;
  }
  static std::string transaction_of(Session& session) {
    return ask(session, "SELECT transaction_timestamp()::text || pg_backend_pid()").front();
  }

  test::TemporaryDatabase database_;
  std::unique_ptr<SharedReads> reads_;
};

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
  EXPECT_FALSE(held.get());
  EXPECT_FALSE(before.get());
  EXPECT_FALSE(behind.get());
  EXPECT_THAT(found, ElementsAre("of two"));
  EXPECT_THROW(std::rethrow_exception(wrong.get()), StoreError);
  EXPECT_THROW(std::rethrow_exception(problem.get()), std::out_of_range);
}

TEST_F(SharedReadsTest, OneThatTheServerCutsShortIsCutShortAlone) {
  reads_ = std::make_unique<SharedReads>(
      PostgresOptions{.url = database_.url() + "&options=-cstatement_timeout%3D1000"}, SharedReadSettings{.lanes = 1});
  std::vector<std::string> found;
  auto held = hold_lane();
  auto slow = submit("one", [](Session& session) { ask(session, "SELECT pg_sleep(5)::text"); });
  auto behind = submit("two", [&](Session& session) { found = ask(session, "SELECT id FROM things"); });
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
  reads_.reset();
  for (auto& each : ended) EXPECT_FALSE(each.get());
}

}  // namespace
}  // namespace contactd::store
