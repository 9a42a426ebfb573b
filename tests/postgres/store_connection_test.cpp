// The connection to PostgreSQL: values, transactions, what is sent ahead, and what becomes of it when things go wrong.
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <thread>
#include <vector>

#include "database.hpp"
#include "store/columns.hpp"
#include "store/dialect.hpp"

namespace contactd::store {
namespace {

using Kind = StoreError::Kind;

class PostgresConnectionTest : public testing::Test {
 protected:
  std::unique_ptr<Connection> connect(bool prepared_statements = true, int silence_milliseconds = 30'000) {
    PostgresOptions options;
    options.url = database_.url("contactd_owner");
    options.prepared_statements = prepared_statements;
    options.silence_max = std::chrono::milliseconds(silence_milliseconds);
    return make_postgres_connection(options);
  }
  void SetUp() override { connection_->run("CREATE TABLE things (id TEXT PRIMARY KEY, size BIGINT)"); }

  static std::string text(Connection& connection, const std::string& sql, const Values& values = {}) {
    std::string found = "no row";
    connection.run(sql, values.span(), [&](const Row& row) {
      found = row.is_null(0) ? "NULL" : std::string(row.text(0));
      return false;
    });
    return found;
  }
  std::string text(const std::string& sql) { return text(*connection_, sql); }
  void add(Connection& connection, const std::string& id) {
    connection.send("INSERT INTO things (id) VALUES ($1)", Values().add(id).span());
  }
  /// The kind of error that `work` ends with.
  template <class Work>
  std::optional<Kind> kind_of(Work&& work) {
    try {
      work();
      return std::nullopt;
    } catch (const StoreError& error) {
      message_ = error.what();
      return error.kind;
    }
  }
  /// Ends the server's side of a connection, as a crash or an operator does.
  void cut(Connection& connection) {
    const std::string process = text(connection, "SELECT pg_backend_pid()");
    test::TemporaryDatabase::administer("SELECT pg_terminate_backend(" + process + ")");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }

  test::TemporaryDatabase database_;
  std::unique_ptr<Connection> connection_ = connect();
  std::string message_;
};

TEST_F(PostgresConnectionTest, ValuesComeBackAsTheyWent) {
  for (const bool prepared : {true, false}) {
    const auto connection = connect(prepared);
    connection->run("DELETE FROM things");
    const std::string name = "Ä'\"\\ \n$1 %_ 漢";
    Values values;
    values.add(name).add(std::int64_t{-9'007'199'254'740'993});
    EXPECT_EQ(connection->run("INSERT INTO things (id, size) VALUES ($1, $2)", values.span()), 1);
    connection->run("INSERT INTO things (id, size) VALUES ($1, $2)",
                    Values().add("").add(std::optional<bool>()).span());
    std::vector<std::string> ids;
    connection->run("SELECT id, size FROM things ORDER BY id DESC", {}, [&](const Row& row) {
      ids.emplace_back(row.text(0));
      EXPECT_EQ(row.is_null(1), ids.back().empty());
      EXPECT_EQ(row.text(1).data() == nullptr, ids.back().empty());
      EXPECT_EQ(row.integer(1), ids.back().empty() ? 0 : -9'007'199'254'740'993);
      return true;
    });
    EXPECT_EQ(ids, (std::vector<std::string>{name, ""}));
  }
}

TEST_F(PostgresConnectionTest, RowsOfSeveralIdsComeInTheOrderOfTheIds) {
  static const SelectById select{"none", "SELECT things.id, size FROM " + std::string(postgres_dialect().wanted) +
                                             " JOIN things ON things.id = wanted.id WHERE $1::bigint = 1"};
  for (const bool prepared : {true, false}) {
    const auto connection = connect(prepared);
    connection->run("DELETE FROM things");
    const std::vector<std::string_view> ids{"{\"}", "", "Ä\\,漢", "nowhere", "NULL"};
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (ids[i] == "nowhere") continue;
      connection->run("INSERT INTO things (id, size) VALUES ($1, $2)",
                      Values().add(ids[i]).add(static_cast<std::int64_t>(i)).span());
    }
    const auto visited = [&](std::int64_t last) {
      std::vector<std::int64_t> sizes;
      connection->run_by_id(select, 1, ids, [&](const Row& row) {
        sizes.push_back(row.integer(1));
        return row.integer(1) != last;
      });
      return sizes;
    };
    EXPECT_EQ(visited(-1), (std::vector<std::int64_t>{0, 1, 2, 4}));
    EXPECT_EQ(visited(1), (std::vector<std::int64_t>{0, 1}));
  }
}

TEST_F(PostgresConnectionTest, AZeroByteIsRefusedAndNotCutOff) {
  const std::string id("a\0b", 3);
  EXPECT_EQ(kind_of([&] { connection_->run("INSERT INTO things (id) VALUES ($1)", Values().add(id).span()); }),
            Kind::unfit);
  EXPECT_EQ(text("SELECT COUNT(*) FROM things"), "0");
}

TEST_F(PostgresConnectionTest, MessagesRepeatNoValues) {
  connection_->run("INSERT INTO things (id) VALUES ('secret-one')");
  EXPECT_EQ(kind_of([&] { connection_->run("INSERT INTO things (id) VALUES ('secret-one')"); }), Kind::conflict);
  EXPECT_EQ(message_.find("secret-one"), std::string::npos) << message_;
  EXPECT_EQ(kind_of([&] { connection_->run("SELECT 'secret-two'::bigint"); }), Kind::unfit);
  EXPECT_EQ(message_.find("secret-two"), std::string::npos) << message_;
}

TEST_F(PostgresConnectionTest, AStatementMayRunWhileAnothersRowsAreVisited) {
  int sum = 0;
  connection_->run("SELECT n FROM generate_series(1, 3) AS n", {}, [&](const Row& row) {
    sum += static_cast<int>(row.integer(0));
    sum += text("SELECT 10") == "10" ? 10 : 0;
    return sum < 20;
  });
  EXPECT_EQ(sum, 23);
}

TEST_F(PostgresConnectionTest, WhatIsSentAheadIsKeptByTheCommit) {
  connection_->begin_write();
  for (int i = 0; i < 250; ++i) add(*connection_, "id-" + std::to_string(i));
  connection_->commit();
  EXPECT_FALSE(connection_->in_transaction());
  EXPECT_EQ(text(*connect(), "SELECT COUNT(*) FROM things"), "250");
}

TEST_F(PostgresConnectionTest, AnErrorInWhatWasSentAheadKeepsItFromCommitting) {
  for (const bool asks_before_commit : {true, false}) {
    connection_->begin_write();
    add(*connection_, "one");
    add(*connection_, "one");
    add(*connection_, "two");
    EXPECT_EQ(kind_of([&] {
                if (asks_before_commit) text("SELECT 1");
                connection_->commit();
              }),
              Kind::conflict);
    connection_->rollback();
    EXPECT_EQ(text("SELECT COUNT(*) FROM things"), "0");
  }
}

TEST_F(PostgresConnectionTest, RollbackUndoesWhatIsStillOnItsWay) {
  connection_->begin_write();
  add(*connection_, "one");
  connection_->rollback();
  connection_->begin_write();
  add(*connection_, "two");
  add(*connection_, "two");
  connection_->rollback();
  connection_->begin_write();
  connection_->rollback();
  connection_->rollback();
  EXPECT_EQ(text("SELECT COUNT(*) FROM things"), "0");
}

TEST_F(PostgresConnectionTest, WhatAWriteHasHeldIsFreeWhenItIsRolledBack) {
  connection_->begin_write();
  connection_->run("SELECT pg_advisory_xact_lock(1)");
  connection_->send("SELECT pg_sleep(0.5)", {});
  connection_->rollback();
  EXPECT_EQ(text(*connect(), "SELECT pg_try_advisory_xact_lock(1)"), "t");
}

TEST_F(PostgresConnectionTest, AReadSeesOneSnapshotAndWritesNothing) {
  connection_->begin_read();
  EXPECT_EQ(text("SELECT COUNT(*) FROM things"), "0");
  connect()->run("INSERT INTO things (id) VALUES ('other')");
  EXPECT_EQ(text("SELECT COUNT(*) FROM things"), "0");
  connection_->commit();
  connection_->begin_read();
  EXPECT_EQ(text("SELECT COUNT(*) FROM things"), "1");
  EXPECT_TRUE(kind_of([&] { connection_->run("DELETE FROM things"); }).has_value());
  connection_->rollback();
  EXPECT_EQ(text("SELECT COUNT(*) FROM things"), "1");
}

TEST_F(PostgresConnectionTest, TheTenantIsThatOfTheTransactionAlone) {
  const std::string asks = "SELECT NULLIF(current_setting('contactd.tenant', true), '')";
  for (const std::int64_t tenant : {7, 8}) {
    connection_->begin_read();
    connection_->enter_tenant(tenant);
    EXPECT_EQ(text(asks), std::to_string(tenant));
    connection_->commit();
    EXPECT_EQ(text(asks), "NULL");
  }
  connection_->begin_write();
  EXPECT_EQ(text(asks), "NULL");
  connection_->enter_tenant(9);
  EXPECT_EQ(text(asks), "9");
  connection_->rollback();
}

TEST_F(PostgresConnectionTest, ThereIsRoomForAnyNumberOfStatements) {
  for (int i = 0; i < 1'200; ++i) {
    connection_->begin_read();
    ASSERT_EQ(text("SELECT " + std::to_string(i)), std::to_string(i));
    connection_->commit();
  }
  EXPECT_EQ(text("SELECT CASE WHEN COUNT(*) < 600 THEN 'few' END FROM pg_prepared_statements"), "few");
}

TEST_F(PostgresConnectionTest, AConnectionThatIsLostIsMadeAgain) {
  cut(*connection_);
  EXPECT_EQ(kind_of([&] { text("SELECT 1"); }), Kind::again);
  EXPECT_EQ(text("SELECT 1"), "1");

  connection_->begin_write();
  add(*connection_, "one");
  cut(*connection_);
  EXPECT_EQ(kind_of([&] { text("SELECT 1"); }), Kind::again);
  EXPECT_EQ(kind_of([&] { text("SELECT 1"); }), Kind::again) << "the rest of a transaction must not run by itself";
  connection_->rollback();
  EXPECT_EQ(text("SELECT COUNT(*) FROM things"), "0");
}

TEST_F(PostgresConnectionTest, OneThatWasCutForDoingNothingMayRunAgain) {
  connection_->begin_write();
  connection_->run("SET LOCAL idle_in_transaction_session_timeout = 1");
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_EQ(kind_of([&] { connection_->run("SELECT 1"); }), Kind::again);
  connection_->rollback();
  EXPECT_EQ(text("SELECT 1"), "1");
}

TEST_F(PostgresConnectionTest, NobodyKnowsWhatBecameOfACommitThatIsNotAnswered) {
  connection_->begin_write();
  add(*connection_, "one");
  cut(*connection_);
  EXPECT_EQ(kind_of([&] { connection_->commit(); }), Kind::unknown);
  connection_->rollback();
  EXPECT_EQ(text("SELECT COUNT(*) FROM things"), "0");
}

TEST_F(PostgresConnectionTest, AServerThatSaysNothingIsTakenForLost) {
  const auto connection = connect(true, 300);
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(kind_of([&] { text(*connection, "SELECT pg_sleep(20)"); }), Kind::away);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(10));
  EXPECT_EQ(text(*connection, "SELECT 1"), "1");
  // And the server goes on with nothing for whoever has gone.
  std::string left = "1";
  for (int tries = 0; tries < 200 && left != "0"; ++tries) {
    left = text("SELECT COUNT(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(20)%'");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_EQ(left, "0");
}

TEST_F(PostgresConnectionTest, OfTwoThatWaitForEachOtherOneRunsAgain) {
  connection_->run("INSERT INTO things (id) VALUES ('a'), ('b')");
  const auto update = [](Connection& connection, const std::string& id) {
    connection.run("UPDATE things SET size = 1 WHERE id = $1", Values().add(id).span());
  };
  const auto other = connect();
  connection_->begin_write();
  update(*connection_, "a");
  other->begin_write();
  update(*other, "b");
  std::optional<Kind> others;
  std::thread thread([&] {
    others = kind_of([&] { update(*other, "a"); });
    other->rollback();
  });
  const auto mine = kind_of([&] { update(*connection_, "b"); });
  connection_->rollback();
  thread.join();
  EXPECT_NE(mine.has_value(), others.has_value());
  EXPECT_EQ(mine.value_or(Kind::again), Kind::again);
  EXPECT_EQ(others.value_or(Kind::again), Kind::again);
}

}  // namespace
}  // namespace contactd::store
