// Rows that the reads of a lane ask for by their ids: one statement for all who ask the same in one tenant, and each is
// given its own.
#include <gmock/gmock.h>

#include "model/contact.hpp"
#include "shared_reads.hpp"
#include "store/sql.hpp"
#include "store/store.hpp"

namespace contactd::store {
namespace {

using testing::ElementsAre;

using Texts = std::vector<std::string>;

/// Rows that say which form of the statement has given them.
SelectById telling_select(const std::string& table) {
  const auto select = [&](const std::string& form) {
    return select_by_id_sql(postgres_dialect(), "id, id || ' " + form + "'", table);
  };
  return {select("alone").one, select("together").several};
}

const SelectById& of_many() {
  static const SelectById select = telling_select("many");
  return select;
}

const SelectById& of_things() {
  static const SelectById select = telling_select("things");
  return select;
}

Texts ask_by_id(Session& session, const Texts& ids, const SelectById& select = of_many()) {
  Texts found;
  session.run_by_id(select, ids, [&](const Row& row) {
    found.emplace_back(row.text(1));
    return true;
  });
  return found;
}

class ReadsByIdTest : public test::SharedReadsFixture {
 protected:
  /// The lane knows both tenants' numbers already: so all of a round is asked at once.
  ReadsByIdTest() {
    for (const char* tenant : {"one", "two"}) EXPECT_FALSE(submit(tenant, [](Session&) {}).get());
    ended_.push_back(hold_lane());
  }
  void asks(std::string_view tenant, Texts ids, Texts& found, const SelectById& select = of_many()) {
    ended_.push_back(submit(tenant, [ids = std::move(ids), &found, &select](Session& session) {
      found = ask_by_id(session, ids, select);
    }));
  }
  void expect_no_trouble() {
    let_go();
    for (auto& each : ended_) EXPECT_FALSE(each.get());
  }

  std::vector<std::future<std::exception_ptr>> ended_;
  Texts ones_, twos_;
};

TEST_F(ReadsByIdTest, WhoAsksTheSameInOneTenantSharesAStatement) {
  Texts none, in_order, of_another_table, alone;
  asks("one", {"of one"}, ones_);
  asks("two", {"of two"}, twos_);
  asks("one", {"of one"}, of_another_table, of_things());
  asks("one", {"of two"}, none);
  asks("two", {"more of two", "nowhere", "", "of two", "more of two", "of one"}, in_order);
  expect_no_trouble();
  EXPECT_THAT(ones_, ElementsAre("of one together"));
  EXPECT_THAT(twos_, ElementsAre("of two together"));
  EXPECT_THAT(of_another_table, ElementsAre("of one alone")) << "nobody else asked that";
  EXPECT_TRUE(none.empty());
  EXPECT_THAT(in_order, ElementsAre("more of two together", "of two together", "more of two together"));
  EXPECT_EQ(reads_->run_again(), 0U);
}

TEST_F(ReadsByIdTest, ManyIdsOfOneReadAreOneStatement) {
  Texts found, first_alone, nothing{"something"};
  ended_.push_back(submit("one", [&](Session& session) {
    found = ask_by_id(session, {"of one", "more of one"});
    first_alone = ask_by_id(session, {"of one"});
    nothing = ask_by_id(session, {});
  }));
  expect_no_trouble();
  EXPECT_THAT(found, ElementsAre("of one together", "more of one together"));
  EXPECT_THAT(first_alone, ElementsAre("of one alone"));
  EXPECT_TRUE(nothing.empty());
}

TEST_F(ReadsByIdTest, AVisitMayAskAndEndOrThrowForItselfAlone) {
  Texts inside, first;
  ended_.push_back(submit("one", [&](Session& session) {
    session.run_by_id(of_many(), "of one", [&](const Row& row) {
      inside = ask_by_id(session, {"more of one"});
      inside.emplace_back(row.text(1));  // which is still there
      return true;
    });
  }));
  ended_.push_back(submit("one", [&](Session& session) {
    session.run_by_id(of_many(), Texts{"more of one", "of one"}, [&](const Row& row) {
      first.emplace_back(row.text(0));
      return false;
    });
  }));
  auto thrown = submit("one", [](Session& session) {
    session.run_by_id(of_many(), "of one", [](const Row&) -> bool { throw std::out_of_range("nobody there"); });
  });
  asks("one", {"of one"}, ones_);
  expect_no_trouble();
  EXPECT_THROW(std::rethrow_exception(thrown.get()), std::out_of_range);
  EXPECT_THAT(inside, ElementsAre("more of one alone", "of one together"));
  EXPECT_THAT(first, ElementsAre("more of one"));
  EXPECT_THAT(ones_, ElementsAre("of one together"));
  EXPECT_EQ(reads_->run_again(), 0U);
}

TEST_F(ReadsByIdTest, TroubleOfOneIsNobodyElses) {
  asks("one", {"of one"}, ones_);
  auto wrong = submit("two", [](Session& session) { ask(session, "SELECT 1 / 0"); });
  auto refused = submit("one", [](Session& session) { ask_by_id(session, {std::string("a\0b", 3)}); });
  asks("two", {"of two"}, twos_);
  expect_no_trouble();
  EXPECT_THROW(std::rethrow_exception(wrong.get()), StoreError);
  EXPECT_THROW(std::rethrow_exception(refused.get()), StoreError);
  EXPECT_THAT(ones_, ElementsAre("of one alone"));
  EXPECT_THAT(twos_, ElementsAre("of two alone"));
  EXPECT_GE(reads_->run_again(), 4U);
}

TEST_F(ReadsByIdTest, WhoeverLosesTheServerTogetherIsAnswered) {
  bool is_first = true;
  ended_.push_back(submit("one", [&](Session& session) {
    ask(session, std::exchange(is_first, false) ? "SELECT pg_terminate_backend(pg_backend_pid())::text" : "SELECT 1");
  }));
  asks("one", {"of one"}, ones_);
  asks("two", {"of two"}, twos_);
  expect_no_trouble();
  EXPECT_THAT(ones_, ElementsAre("of one alone"));
  EXPECT_THAT(twos_, ElementsAre("of two alone"));
}

/// As the server plans the statement for any values.
std::string plan_for_several(const contactd::test::TemporaryDatabase& database) {
  const auto connection = make_postgres_connection({.url = database.url()});
  connection->begin_read();
  connection->enter_tenant(1);
  connection->run_script("SET LOCAL plan_cache_mode = force_generic_plan; PREPARE several (bigint, text[]) AS " +
                         select_by_id<model::Contact>(postgres_dialect()).several);
  std::string plan;
  connection->run("EXPLAIN EXECUTE several(1, '{a,b}')", {}, [&](const Row& row) {
    plan += std::string(row.text(0)) + "\n";
    return true;
  });
  return plan;
}

TEST(PlanById, OfALargeTenantAmongSmallOnesNoOtherRowsAreLookedAt) {
  const contactd::test::TemporaryDatabase database;
  StoreSettings settings;
  settings.postgres.emplace();
  settings.postgres->options.url = database.url();
  settings.postgres->owner_url = database.url("contactd_owner");
  { const Store made(std::move(settings)); }
  const auto everything = make_postgres_connection({.url = database.url("postgres")});
  everything->run_script(
      "INSERT INTO tenants (tenant_id, name) SELECT n, 'tenant-' || n FROM generate_series(1, 2000) AS n;"
      "INSERT INTO namespaces (tenant_id, id, created_by, created_at, updated_at, version, name, approval_policy, "
      "contact_counter, account_counter) SELECT n, 'space', 'user', 0, 0, 1, 'Space', 'none', 0, 0 FROM "
      "generate_series(1, 2000) AS n;"
      "INSERT INTO contacts (tenant_id, id, created_by, created_at, updated_at, version, namespace_id, name, status, "
      "type, props, approval_state) SELECT CASE WHEN n <= 5000 THEN 1 ELSE n % 2000 + 1 END, 'id-' || n, 'user', 0, 0, "
      "1, 'space', 'Asha Rao', 'active', 'individual', '[]', 'approved' FROM generate_series(1, 15000) AS n;"
      "ANALYZE contacts");
  const std::string plan = plan_for_several(database);
  EXPECT_NE(plan.find("contacts_pkey"), std::string::npos) << plan;
  EXPECT_EQ(plan.find("contacts_by"), std::string::npos) << plan;
}

}  // namespace
}  // namespace contactd::store
