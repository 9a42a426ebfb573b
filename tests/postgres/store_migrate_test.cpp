// Bringing a database up to date: what `contactd migrate` runs, with steps that the command line cannot bring about.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "database.hpp"
#include "model/contact.hpp"
#include "store/postgres_migrate.hpp"
#include "store/postgres_schema.hpp"
#include "store/query.hpp"
#include "store/repository.hpp"
#include "store/schema_dialect.hpp"
#include "store/search_query.hpp"
#include "store/store.hpp"

namespace contactd::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::array tenants{"tenant-one", "tenant-two"};

class PostgresMigrateTest : public testing::Test {
 protected:
  PostgresSettings settings(const std::string& service = "contactd") const {
    PostgresSettings settings;
    settings.options.url = database_.url(service);
    settings.owner_url = database_.url("contactd_owner");
    return settings;
  }
  std::vector<std::string> migrate_now() const {
    std::vector<std::string> titles;
    migrate(
        settings(), [&](const SchemaStep& step) { titles.push_back(step.title); }, nullptr);
    return titles;
  }
  SchemaState state() const { return plan_migration(settings()).state; }
  std::unique_ptr<Connection> connect(const std::string& role = "contactd_owner") const {
    PostgresOptions options;
    options.url = database_.url(role);
    return make_postgres_connection(options);
  }

  test::TemporaryDatabase database_;
};

TEST_F(PostgresMigrateTest, ANewStoreIsMadeOnce) {
  EXPECT_EQ(state(), SchemaState::absent);
  EXPECT_THAT(migrate_now(), ElementsAre("a new store", "rights of the role contactd"));
  EXPECT_EQ(state(), SchemaState::current);
  EXPECT_THAT(migrate_now(), IsEmpty());
  EXPECT_EQ(text_of(*connect(), "SELECT string_agg(number::text, ',' ORDER BY number) FROM schema_migrations"), "2,3");
}

TEST_F(PostgresMigrateTest, ManyThatMakeItAtOnceMakeItOnce) {
  std::vector<std::future<std::vector<std::string>>> all;
  for (int i = 0; i < 4; ++i) all.push_back(std::async(std::launch::async, [&] { return migrate_now(); }));
  int made = 0;
  for (auto& each : all) made += each.get().empty() ? 0 : 1;
  EXPECT_EQ(made, 1);
}

TEST_F(PostgresMigrateTest, WhoServesAtOnceMakesItOnceAndChangesNothingThatIsThere) {
  const auto serve = [&] { require_fitting_schema(settings(), "the command", nullptr); };
  std::vector<std::future<void>> all;
  for (int i = 0; i < 4; ++i) all.push_back(std::async(std::launch::async, serve));
  for (auto& each : all) EXPECT_NO_THROW(each.get());
  connect()->run("DROP TABLE banks_tags");
  connect()->run("DELETE FROM schema_columns WHERE table_name = 'banks_tags'");
  EXPECT_THROW(serve(), SchemaMismatch);
  EXPECT_EQ(state(), SchemaState::older);
  EXPECT_THAT(migrate_now(), ElementsAre("what follows from the descriptions", "rights of the role contactd"));
  EXPECT_NO_THROW(serve());
}

TEST_F(PostgresMigrateTest, AnOptionalColumnIsAddedAndNothingElseIsChanged) {
  migrate_now();
  const auto connection = connect();
  connection->run("ALTER TABLE contacts DROP COLUMN rm_id CASCADE");
  connection->run("DELETE FROM schema_columns WHERE table_name = 'contacts' AND column_name = 'rm_id'");
  connection->run("DELETE FROM schema_indexes WHERE name = 'contacts_by_rm_id'");
  const SchemaPlan plan = plan_migration(settings());
  ASSERT_EQ(plan.steps.size(), 1U);
  EXPECT_THAT(plan.steps[0].statements, testing::Contains("ALTER TABLE contacts ADD COLUMN rm_id TEXT COLLATE \"C\""));
  EXPECT_EQ(plan.steps[0].statements.size(), postgres_schema_dialect().step_begins.size() + 2 + 2U)
      << "column and index, the record of both";
  migrate_now();
  EXPECT_EQ(state(), SchemaState::current);
  connection->run("DELETE FROM schema_columns WHERE table_name = 'contacts' AND column_name = 'name'");
  EXPECT_THROW(plan_migration(settings()), SchemaMismatch) << "no default can be made up for it";
}

TEST_F(PostgresMigrateTest, AFunctionThatIsAnotherIsReplacedAndKeepsItsRights) {
  migrate_now();
  const auto connection = connect();
  connection->run(
      "CREATE OR REPLACE FUNCTION contacts_found(tenant bigint, wanted bigint[], words json) RETURNS SETOF text "
      "LANGUAGE "
      "sql AS $$ SELECT 'anything' $$");
  connection->run("UPDATE schema_indexes SET statement = 'another' WHERE name = 'contacts_found'");
  EXPECT_THAT(migrate_now(), ElementsAre("what follows from the descriptions"));
  EXPECT_EQ(state(), SchemaState::current);
  EXPECT_EQ(text_of(*connect("contactd"), "SELECT contacts_found(1, '{}', '[]')"), "");
  EXPECT_EQ(text_of(*connection, "SELECT proconfig[1] FROM pg_proc WHERE proname = 'contacts_found'"),
            "search_path=public, pg_temp");
}

TEST_F(PostgresMigrateTest, RightsAreGivenToEachRoleThatServes) {
  migrate_now();
  const std::string other = database_.name() + "_role";
  test::TemporaryDatabase::administer("CREATE ROLE " + other + " LOGIN");
  EXPECT_THROW(require_fitting_schema(settings(other), "the command", nullptr), SchemaMismatch);
  migrate(
      settings(other), [](const SchemaStep&) {}, nullptr);
  EXPECT_NO_THROW(require_fitting_schema(settings(other), "the command", nullptr));
  EXPECT_EQ(state(), SchemaState::current) << "nobody lost any";
  connect()->run("REVOKE INSERT ON contacts FROM \"" + other + "\"");
  EXPECT_THROW(require_fitting_schema(settings(other), "the command", nullptr), SchemaMismatch);
}

TEST_F(PostgresMigrateTest, AStepThatFailsChangesNothingAndThoseBeforeItStay) {
  migrate_now();
  const auto connection = connect();
  SchemaPlan plan;
  plan.steps = {{"good", {"CREATE TABLE good (id int)"}},
                {"bad", {"CREATE TABLE bad (id int)", "ALTER TABLE bad ADD COLUMN id int"}}};
  EXPECT_THROW(run_plan(*connection, plan), StoreError);
  EXPECT_FALSE(connection->in_transaction());
  EXPECT_EQ(text_of(*connection, "SELECT string_agg(relname, ',') FROM pg_class WHERE relname IN ('good', 'bad')"),
            "good");
}

class SearchStepsTest : public PostgresMigrateTest {
 protected:
  SearchStepsTest() {
    StoreSettings wishes;
    wishes.postgres = settings();
    store_ = std::make_unique<Store>(std::move(wishes));
    for (const char* tenant : tenants) {
      std::promise<std::exception_ptr> ended;
      const auto work = [](WriteSession& session) {
        model::Namespace space;
        space.name = "Retail";
        insert(session, space);
        model::Contact contact;
        contact.name_space = {space.audit.id, space.name};
        contact.name = "Asha Rao";
        contact.status = "active";
        contact.type = "individual";
        insert(session, contact);
      };
      store_->write_later({{tenant, "maker-one", "request"}, work, [&](auto error) { ended.set_value(error); }});
      if (const auto error = ended.get_future().get()) std::rethrow_exception(error);
    }
  }
  std::int64_t found(const char* tenant) {
    ListQuery query;
    query.words = {"asha", "ra"};
    std::int64_t count = 0;
    store_->read({tenant, "maker-one", "request"},
                 [&](Session& session) { count = count_found(session, query, "contacts"); });
    return count;
  }
  std::unique_ptr<Store> store_;
};

TEST_F(SearchStepsTest, ASearchTableThatAnotherVersionHasFilledIsFilledAnew) {
  const auto connection = connect();
  for (const std::int64_t tenant : {1, 2}) {
    connection->begin_write();
    connection->enter_tenant(tenant);
    connection->run("UPDATE contacts_search SET tokens = '{}', words = ''");
    connection->commit();
  }
  connection->run("UPDATE derived_versions SET version = 'another' WHERE name = 'contacts_search'");
  EXPECT_EQ(found("tenant-one"), 0);
  EXPECT_THROW(require_fitting_schema(settings(), "the command", nullptr), SchemaMismatch);
  EXPECT_THAT(migrate_now(), ElementsAre("contacts_search is filled anew from the rows"));
  for (const char* tenant : tenants) EXPECT_EQ(found(tenant), 1) << tenant;
  EXPECT_EQ(state(), SchemaState::current);
}

}  // namespace
}  // namespace contactd::store
