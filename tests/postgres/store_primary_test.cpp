// A server that was the primary, and answers still, is told from the one that has been promoted since.
#include <gtest/gtest.h>

#include <chrono>

#include "database.hpp"
#include "store/postgres_primary.hpp"

namespace contactd::store {
namespace {

using namespace std::chrono_literals;

PostgresServer server(const std::string& host, const std::string& system, std::int64_t timeline) {
  return {{host, "", "5432"}, system, timeline};
}

TEST(PostgresPrimaryTest, OneOfAnEarlierTimelineIsNoLongerThePrimary) {
  PostgresPrimary primary;
  EXPECT_FALSE(primary.address());
  EXPECT_TRUE(primary.note(server("one", "a", 3)));
  EXPECT_TRUE(primary.note(server("two", "a", 4)));
  EXPECT_FALSE(primary.note(server("one", "a", 3)));
  EXPECT_EQ(primary.address()->host, "two");
  EXPECT_TRUE(primary.is_behind(3));
  EXPECT_FALSE(primary.is_behind(4));
}

TEST(PostgresPrimaryTest, WhatTellsNoTimelineIsTakenAsItIs) {
  PostgresPrimary primary;
  EXPECT_TRUE(primary.note(server("one", "a", 3)));
  EXPECT_TRUE(primary.note(server("pooler", "", 0)));
  EXPECT_EQ(primary.address()->host, "one");
  EXPECT_FALSE(primary.is_behind(0));
}

TEST(PostgresPrimaryTest, AnotherDatabaseHasTimelinesOfItsOwn) {
  PostgresPrimary primary;
  EXPECT_TRUE(primary.note(server("one", "a", 7)));
  EXPECT_TRUE(primary.note(server("one", "restored", 1)));
  EXPECT_FALSE(primary.is_behind(1));
}

TEST(PostgresPrimaryTest, OnlyTheAddressThatFailedIsForgotten) {
  PostgresPrimary primary;
  primary.note(server("two", "a", 4));
  primary.forget(server("one", "a", 3).address);
  EXPECT_TRUE(primary.address());
  primary.forget(server("two", "a", 4).address);
  EXPECT_FALSE(primary.address());
}

class SupersededTest : public testing::Test {
 protected:
  SupersededTest() {
    options_.url = database_.url("contactd_owner");
    options_.look_after = 100ms;
    options_.primary = std::make_shared<PostgresPrimary>();
    connection_ = make_postgres_connection(options_);
  }
  /// As if another one had been promoted.
  void promote_another() {
    PostgresServer other = server("nowhere", "", 0);
    connection_->run("SELECT (pg_control_system()).system_identifier, (pg_control_checkpoint()).timeline_id", {},
                     [&](const Row& row) {
                       other.system = std::string(row.text(0));
                       other.timeline = row.integer(1) + 1;
                       return false;
                     });
    ASSERT_TRUE(options_.primary->note(other));
  }

  test::TemporaryDatabase database_;
  PostgresOptions options_;
  std::unique_ptr<Connection> connection_;
};

TEST_F(SupersededTest, ASlowServerIsWaitedFor) {
  connection_->run("SELECT pg_sleep(1.5)");
}

TEST_F(SupersededTest, NobodyBeginsOnAServerThatIsNoLongerThePrimary) {
  promote_another();
  try {
    connection_->begin_read();
    connection_->run("SELECT 1");
    FAIL() << "it read from a server that was superseded";
  } catch (const StoreError& error) {
    EXPECT_EQ(error.kind, StoreError::Kind::away);
  }
}

TEST_F(SupersededTest, NobodyWaitsForAServerThatIsNoLongerThePrimary) {
  connection_->begin_read();
  connection_->run("SELECT 1");
  promote_another();
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_THROW(connection_->run("SELECT pg_sleep(20)"), StoreError);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
}

}  // namespace
}  // namespace contactd::store
