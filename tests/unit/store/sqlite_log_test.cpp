// The log beside the database is moved into it whenever that is due, also when it has begun anew.
#include <gtest/gtest.h>

#include "faults_support.hpp"
#include "store/sqlite.hpp"

namespace contactd::store {
namespace {

/// The number in the database's own file, whatever is in the log.
std::int64_t number_without_log(SqliteOptions options) {
  options.is_sealed = true;
  std::int64_t number = 0;
  open_sqlite_reader(options)->run("SELECT number FROM numbers", {}, [&](const Row& row) {
    number = row.integer(0);
    return true;
  });
  return number;
}

TEST(SqliteLog, OneThatBeganAnewAndIsAsLongAsBeforeIsMoved) {
  const test::TemporaryFolder folder;
  SqliteOptions options;
  options.path = folder.database();
  options.checkpoint_pages = 1;
  const auto writer = open_sqlite_writer(options);
  writer->run_script("CREATE TABLE numbers (number INTEGER); INSERT INTO numbers VALUES (0)");
  for (std::int64_t number = 1; number <= 10; ++number) {
    writer->begin_write();
    writer->run_script("UPDATE numbers SET number = number + 1");
    writer->commit();
    writer->checkpoint_if_due(false);
    EXPECT_EQ(number_without_log(options), number);
  }
}

}  // namespace
}  // namespace contactd::store
