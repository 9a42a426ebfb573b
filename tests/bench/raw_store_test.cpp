// What the yardstick of durable creates writes again is what the service writes for a create, and nothing else.
#include "recording.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "record.hpp"
#include "replay.hpp"

namespace contactd::bench {
namespace {

class RawStore : public testing::Test {
 protected:
  static constexpr std::size_t creates = 5;

  std::vector<std::string> statements_of(const std::vector<Write>& writes) const {
    std::vector<std::string> statements;
    for (const Write& write : writes) statements.push_back(recording_.statements.at(write.statement));
    return statements;
  }

  Folder folder_{std::filesystem::temp_directory_path() / ("contactd_test_recording_" + std::to_string(::getpid()))};
  Recording recording_ = record_creates(folder_, creates);
};

TEST(Recording, TellsWritesFromTheRest) {
  for (const char* sql : {"INSERT INTO a VALUES ($1)", "UPDATE a SET b = $1", "DELETE FROM a"}) {
    EXPECT_TRUE(is_write(sql)) << sql;
  }
  for (const char* sql : {"SELECT 1", "SAVEPOINT request", "RELEASE request", "BEGIN IMMEDIATE", "COMMIT", ""}) {
    EXPECT_FALSE(is_write(sql)) << sql;
  }
}

TEST_F(RawStore, KeepsWhatACreateWrites) {
  using testing::Contains;
  using testing::StartsWith;
  ASSERT_EQ(recording_.creates.size(), creates);
  for (const std::string& sql : recording_.statements) EXPECT_TRUE(is_write(sql)) << sql;
  for (const Create& create : recording_.creates) {
    const auto own = statements_of(create.own);
    for (const char* table : {"contacts ", "contacts_counts ", "contacts_tags ", "history "}) {
      EXPECT_THAT(own, Contains(StartsWith("INSERT INTO " + std::string(table))));
    }
    EXPECT_THAT(statements_of(create.of_group), testing::ElementsAre(StartsWith("INSERT INTO contacts_search ")));
  }
}

TEST_F(RawStore, KnowsTheWritersSettings) {
  EXPECT_THAT(recording_.pragmas, testing::IsSupersetOf({std::pair<std::string, std::string>("journal_mode", "wal"),
                                                         std::pair<std::string, std::string>("synchronous", "2"),
                                                         std::pair<std::string, std::string>("foreign_keys", "1")}));
}

TEST_F(RawStore, ReplaysToTheSameNumberOfRows) {
  for (const std::size_t batch : {std::size_t{1}, std::size_t{2}, std::size_t{32}}) {
    EXPECT_GT(replay(folder_, recording_, {.batch = batch, .seconds = 0.001}).creates_per_second, 0);
  }
  EXPECT_GT(replay(folder_, recording_, {.batch = 32, .row_alone = true, .seconds = 0.001}).creates_per_second, 0);
}

TEST_F(RawStore, NoticesRowsThatAreMissing) {
  for (Create& create : recording_.creates) create.of_group.clear();
  EXPECT_THROW(replay(folder_, recording_, {.batch = 2, .seconds = 0.001}), std::runtime_error);
}

TEST_F(RawStore, TouchesNoFolderWithSomethingInIt) {
  EXPECT_THROW(Folder(folder_.path()), std::runtime_error);  // it holds the empty store
}

}  // namespace
}  // namespace contactd::bench
