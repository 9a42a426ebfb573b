// Numbered migrations: each once, in order, in a transaction of its own, and recorded with its time.
#include "store/schema_plan.hpp"

#include <gtest/gtest.h>

#include "faults_support.hpp"

namespace contactd::store {
namespace {

const TableShape notes{"notes", {{"id", "TEXT NOT NULL PRIMARY KEY"}, {"body", "TEXT NOT NULL"}}, {}, {}};
/// As `notes` is after the second migration.
const TableShape longer_notes{
    "notes", {{"id", "TEXT NOT NULL PRIMARY KEY"}, {"body", "TEXT NOT NULL"}, {"size", "BIGINT NOT NULL"}}, {}, {}};

Migration upper_migration() {
  return {1, "upper", {"UPDATE notes SET body = upper(body)"}, [](SchemaRecord&) {}};
}

Migration size_migration() {
  return {2,
          "size",
          {"ALTER TABLE notes ADD COLUMN size INTEGER NOT NULL DEFAULT 0", "UPDATE notes SET size = length(body)"},
          [](SchemaRecord& record) { record.tables["notes"]["size"] = "BIGINT NOT NULL"; }};
}

Migration failing_migration() {
  return {3, "failing", {"UPDATE notes SET body = 'lost'", "UPDATE nothing SET a = 1"}, [](SchemaRecord&) {}};
}

class Migrations : public testing::Test {
 protected:
  Migrations() : connection_(open_sqlite_writer({.path = folder_.database()})) {
    run(plan({notes}, {}));
    connection_->run("INSERT INTO notes (id, body) VALUES ('1', 'first')");
  }
  SchemaPlan plan(const std::vector<TableShape>& tables, const std::vector<Migration>& migrations) {
    return plan_schema(*connection_, tables, migrations);
  }
  void run(const SchemaPlan& plan) { run_plan(*connection_, plan); }
  std::string text(const std::string& sql) {
    std::string found;
    connection_->run(sql, {}, [&](const Row& row) {
      found += (found.empty() ? "" : ",") + std::string(row.text(0));
      return true;
    });
    return found;
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<Connection> connection_;
};

TEST_F(Migrations, RunOnceInOrder) {
  const std::vector<Migration> list{upper_migration(), size_migration()};
  const SchemaPlan first = plan({longer_notes}, list);
  EXPECT_EQ(first.state, SchemaState::older);
  ASSERT_EQ(first.steps.size(), 2U);
  EXPECT_EQ(first.steps[0].title, "migration 1: upper");
  EXPECT_EQ(first.steps[1].title, "migration 2: size");
  EXPECT_EQ(text("SELECT body FROM notes"), "first") << "a plan changes nothing";
  run(first);
  EXPECT_EQ(text("SELECT body || size FROM notes"), "FIRST5");
  EXPECT_EQ(text("SELECT number || name FROM schema_migrations ORDER BY number"), "1upper,2size");
  EXPECT_EQ(text("SELECT COUNT(*) FROM schema_migrations WHERE applied_at > 1700000000000000"), "2");
  EXPECT_EQ(plan({longer_notes}, list).state, SchemaState::current);
}

TEST_F(Migrations, OnesThatWereReleasedLaterRunLater) {
  run(plan({notes}, {upper_migration()}));
  connection_->run("UPDATE notes SET body = 'second'");
  run(plan({longer_notes}, {upper_migration(), size_migration()}));
  EXPECT_EQ(text("SELECT body || size FROM notes"), "second6");
}

TEST_F(Migrations, ANewStoreHasBeenThroughAll) {
  test::TemporaryFolder folder;
  connection_ = open_sqlite_writer({.path = folder.database()});
  run(plan({longer_notes}, {upper_migration(), size_migration()}));
  EXPECT_EQ(text("SELECT number FROM schema_migrations ORDER BY number"), "1,2");
  EXPECT_EQ(plan({longer_notes}, {upper_migration(), size_migration()}).state, SchemaState::current);
  connection_.reset();
}

TEST_F(Migrations, OneThatFailsKeepsThoseBeforeItAndNothingOfItself) {
  const std::vector<Migration> list{upper_migration(), size_migration(), failing_migration()};
  EXPECT_THROW(run(plan({longer_notes}, list)), StoreError);
  EXPECT_FALSE(connection_->in_transaction());
  EXPECT_EQ(text("SELECT body || size FROM notes"), "FIRST5");
  EXPECT_EQ(text("SELECT number FROM schema_migrations ORDER BY number"), "1,2");
  EXPECT_EQ(plan({longer_notes}, list).steps.size(), 1U);
}

TEST_F(Migrations, AMissingOneIsNamed) {
  try {
    plan({longer_notes}, {});
    FAIL() << "a required column came from nowhere";
  } catch (const SchemaMismatch& error) {
    EXPECT_NE(std::string(error.what()).find("column size is missing"), std::string::npos) << error.what();
  }
}

TEST_F(Migrations, AStoreThatHasBeenThroughMoreIsNewer) {
  run(plan({longer_notes}, {upper_migration(), size_migration()}));
  const SchemaPlan seen = plan({notes}, {upper_migration()});
  EXPECT_EQ(seen.state, SchemaState::newer);
  EXPECT_EQ(seen.reason, "migration 2");
  EXPECT_TRUE(seen.steps.empty());
}

TEST_F(Migrations, AnIndexThatIsAnotherIsMadeAnew) {
  TableShape indexed = notes;
  indexed.indexes = {"CREATE INDEX IF NOT EXISTS notes_by_body ON notes (body)"};
  run(plan({indexed}, {}));
  indexed.indexes = {"CREATE INDEX IF NOT EXISTS notes_by_body ON notes (body, id)"};
  const SchemaPlan seen = plan({indexed}, {});
  ASSERT_EQ(seen.steps.size(), 1U);
  EXPECT_EQ(seen.steps[0].statements[0], "DROP INDEX notes_by_body");
  run(seen);
  EXPECT_EQ(text("SELECT sql FROM sqlite_master WHERE name = 'notes_by_body'"),
            "CREATE INDEX notes_by_body ON notes (body, id)");
  EXPECT_EQ(plan({indexed}, {}).state, SchemaState::current);
}

TEST_F(Migrations, WorkBelongsToTheTransactionOfItsStep) {
  SchemaPlan plan;
  plan.steps = {{"one", {"INSERT INTO notes (id, body) VALUES ('2', 'second')"}, [](Connection& connection) {
                   connection.run("UPDATE notes SET body = 'worked on'");
                   throw std::runtime_error("no");
                 }}};
  EXPECT_THROW(run(plan), std::runtime_error);
  EXPECT_EQ(text("SELECT body FROM notes"), "first");
}

TEST(MigrationLists, AreOrderedAndANumberIsOneChanges) {
  std::map<std::int64_t, std::string> names;
  for (const auto& list : {embedded_migrations(), postgres_migrations()}) {
    std::int64_t last = 0;
    for (const Migration& migration : list) {
      EXPECT_GT(migration.number, last);
      last = migration.number;
      EXPECT_EQ(names.emplace(migration.number, migration.name).first->second, migration.name);
    }
  }
  EXPECT_EQ(names.rbegin()->first, static_cast<std::int64_t>(names.size())) << "a number is missing";
}

TEST_F(Migrations, SomebodyElsesTablesAreNoStore) {
  test::TemporaryFolder folder;
  const auto other = open_sqlite_writer({.path = folder.database()});
  other->run("CREATE TABLE orders (id INTEGER)");
  EXPECT_EQ(plan_schema(*other, {notes}, {}).state, SchemaState::foreign);
  EXPECT_THROW(prepare_schema(*other, {notes}), SchemaMismatch);
}

}  // namespace
}  // namespace contactd::store
