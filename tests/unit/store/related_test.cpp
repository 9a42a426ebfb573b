// Rows of many owners at once: found by their owners, the newest of each, never by a walk over the tenant's rows.
#include "store/related.hpp"

#include <gtest/gtest.h>

#include "../../support/forwarding_connection.hpp"
#include "faults_support.hpp"
#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/relation.hpp"

namespace contactd::store {
namespace {

/// Notes how the engine means to run each statement that looks for the newest.
class ExplainingConnection final : public test::ForwardingConnection {
 public:
  ExplainingConnection(std::unique_ptr<Connection> inner, std::vector<std::string>& steps)
      : ForwardingConnection(std::move(inner)), steps_(steps) {}

  std::int64_t run(std::string_view sql, std::span<const Value> values, RowVisitor visit) override {
    if (sql.find("LIMIT $3") != std::string_view::npos) {
      ForwardingConnection::run("EXPLAIN QUERY PLAN " + std::string(sql), values, [this](const Row& row) {
        steps_.emplace_back(row.text(3));
        return true;
      });
    }
    return ForwardingConnection::run(sql, values, visit);
  }

 private:
  std::vector<std::string>& steps_;
};

/// How the newest children of some owners are looked for.
template <class Child>
std::vector<std::string> steps_of(std::string_view column, const std::vector<std::string>& owners) {
  const test::TemporaryFolder folder;
  std::vector<std::string> steps;
  StoreSettings settings;
  settings.sqlite.path = folder.database();
  settings.wrap = [&](std::unique_ptr<Connection> inner) {
    return std::make_unique<ExplainingConnection>(std::move(inner), steps);
  };
  Store store(std::move(settings));
  steps.clear();
  store.read({"tenant-one", "user-one1", "test"},
             [&](Session& session) { EXPECT_TRUE(newest_of<Child>(session, column, owners, 10).empty()); });
  return steps;
}

template <class Child>
void expect_found_by_owner(const std::string& owner_column) {
  const auto of_one = steps_of<Child>(owner_column, {"one"});
  ASSERT_FALSE(of_one.empty());
  EXPECT_NE(of_one.front().find("(tenant_id=? AND " + owner_column + "=?)"), std::string::npos) << of_one.front();

  const auto steps = steps_of<Child>(owner_column, {"one", "two"});
  bool by_owner = false;
  bool by_id = false;
  for (const std::string& step : steps) {
    EXPECT_FALSE(step.ends_with("(tenant_id=?)")) << "all rows of the tenant: " << step;
    EXPECT_TRUE(!step.starts_with("SCAN") || step.starts_with("SCAN listed")) << step;
    by_owner = by_owner || step.find(" AND " + owner_column + "=?") != std::string::npos;
    by_id = by_id || step.find(" AND id=?") != std::string::npos;
  }
  EXPECT_TRUE(by_owner && by_id) << testing::PrintToString(steps);
}

TEST(Related, ChildrenAreFoundByTheirOwners) {
  expect_found_by_owner<model::Address>("contact_id");
  expect_found_by_owner<model::Bank>("contact_id");
  expect_found_by_owner<model::Relation>("contact");
  expect_found_by_owner<model::Relation>("related_contact");
}

}  // namespace
}  // namespace contactd::store
