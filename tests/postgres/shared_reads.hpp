// A lane for tests that read on it: two tenants, and tables behind a wall.
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <string>
#include <vector>

#include "database.hpp"
#include "store/shared_reads.hpp"

namespace contactd::store::test {

class SharedReadsFixture : public testing::Test {
 protected:
  /// Two tenants, and tables behind a wall of the store's kind, `things` with one row for each.
  SharedReadsFixture() {
    const auto owner = make_postgres_connection({.url = database_.url("contactd_owner")});
    owner->run_script(
        "CREATE TABLE tenants (tenant_id BIGINT, name TEXT); INSERT INTO tenants VALUES (1, 'one'), (2, 'two');"
        "GRANT SELECT ON tenants TO contactd;" +
        walled_table("things", "(1, 'of one'), (2, 'of two')") +
        walled_table("many", "(1, 'of one'), (1, 'more of one'), (2, 'of two'), (2, 'more of two')"));
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
  /// Keeps the lane busy until `let_go`, so that what is submitted meanwhile runs together.
  std::future<std::exception_ptr> hold_lane() {
    holder_->run("SELECT pg_advisory_lock(1)");
    std::promise<void> begun;
    auto ended = submit("one", [&begun](Session& session) {
      begun.set_value();
      ask(session, "SELECT pg_advisory_xact_lock_shared(1)::text");
    });
    begun.get_future().wait();
    return ended;
  }
  void let_go() { holder_->run("SELECT pg_advisory_unlock(1)"); }
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

  contactd::test::TemporaryDatabase database_;
  std::unique_ptr<SharedReads> reads_;

 private:
  std::unique_ptr<Connection> holder_ = make_postgres_connection({.url = database_.url()});
};

}  // namespace contactd::store::test
