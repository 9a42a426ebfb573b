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
  /// Two tenants, and tables behind a wall of the store's kind, `things` with one row for each.
  SharedReadsTest() {
    const auto owner = make_postgres_connection({.url = database_.url("contactd_owner")});
    owner->run_script(
        "CREATE TABLE tenants (tenant_id BIGINT, name TEXT); INSERT INTO tenants VALUES (1, 'one'), (2, 'two');"
        "GRANT SELECT ON tenants TO contactd;" +
        walled_table("things", "(1, 'of one'), (2, 'of two')") +
        walled_table("many", "(1, 'of one'), (1, 'more of one'), (2, 'of two')"));
    reads_ = std::make_unique<SharedReads>(PostgresOptions{.url = database_.url()}, SharedReadSettings{.lanes = 1});
  }

  static std::string walled_table(const std::string& name, const std::string& rows) {
    return "CREATE TABLE " + name + " (tenant_id BIGINT, id TEXT); INSERT INTO " + name + " VALUES " + rows +
           "; ALTER TABLE " + name + " ENABLE ROW LEVEL SECURITY; CREATE POLICY wall ON " + name +
           " USING (tenant_id = NULLIF(current_setting('contactd.tenant', true), '')::bigint); GRANT SELECT ON " +
           name + " TO contactd;";
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
  /// Rows by their ids, each with the form of the statement that gave it.
  static std::vector<std::string> ask_by_id(Session& session, const std::vector<std::string>& ids) {
    static const std::string from = " FROM many WHERE many.tenant_id = $1 AND many.id = ";
    static const SelectById select{"SELECT id, id || ' alone'" + from + "$2",
                                   "SELECT id, id || ' together'" + from + std::string(postgres_dialect().any_of_ids)};
    std::vector<std::string> found;
    session.run_by_id(select, ids, [&](const Row& row) {
      found.emplace_back(row.text(1));
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

TEST_F(SharedReadsTest, WhoAsksByIdSharesAStatementWithOthersOfTheTenant) {
  std::vector<std::string> ones, twos, none, in_order;
  std::vector<std::future<std::exception_ptr>> ended;
  ended.push_back(hold_lane());
  const auto asks = [&](std::string_view tenant, std::vector<std::string> ids, std::vector<std::string>& found) {
    ended.push_back(submit(tenant, [ids, &found](Session& session) {
      ask(session, "SELECT 1");
      found = ask_by_id(session, ids);
    }));
  };
  asks("one", {"of one"}, ones);
  asks("two", {"of two"}, twos);
  asks("one", {"of two"}, none);
  asks("one", {"more of one", "nowhere", "", "of one", "more of one"}, in_order);
  for (auto& each : ended) EXPECT_FALSE(each.get());
  EXPECT_THAT(ones, ElementsAre("of one together"));
  EXPECT_THAT(twos, ElementsAre("of two alone")) << "there was no other of its tenant";
  EXPECT_TRUE(none.empty());
  EXPECT_THAT(in_order, ElementsAre("more of one together", "of one together", "more of one together"));
  EXPECT_EQ(reads_->run_again(), 0U);
}

TEST_F(SharedReadsTest, ManyIdsOfOneReadAreOneStatement) {
  std::vector<std::string> found, first_alone, nothing{"something"};
  EXPECT_FALSE(submit("one", [&](Session& session) {
                 found = ask_by_id(session, {"of one", "more of one"});
                 first_alone = ask_by_id(session, {"of one"});
                 nothing = ask_by_id(session, {});
               }).get());
  EXPECT_THAT(found, ElementsAre("of one together", "more of one together"));
  EXPECT_THAT(first_alone, ElementsAre("of one alone"));
  EXPECT_TRUE(nothing.empty());
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
  EXPECT_GE(reads_->run_again(), 3U);
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
