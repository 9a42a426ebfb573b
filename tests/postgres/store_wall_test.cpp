// The wall that the database itself keeps between tenants, and the schema that has it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "database.hpp"
#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/relation.hpp"
#include "store/idempotency.hpp"
#include "store/query.hpp"
#include "store/references.hpp"
#include "store/repository.hpp"
#include "store/search_query.hpp"
#include "store/store.hpp"

namespace contactd::store {
namespace {

constexpr std::array tenants{"tenant-one", "tenant-two"};

class WallTest : public testing::Test {
 protected:
  WallTest() {
    StoreSettings settings;
    settings.postgres.emplace();
    settings.postgres->options.url = database_.url();
    settings.postgres->owner_url = database_.url("contactd_owner");
    store_ = std::make_unique<Store>(std::move(settings));
    for (const char* tenant : tenants) fill({tenant, "maker-one", "request"});
  }

  void write(const Caller& caller, std::function<void(WriteSession&)> work) {
    std::promise<std::exception_ptr> ended;
    store_->write_later({caller, std::move(work), [&](std::exception_ptr error) { ended.set_value(error); }});
    if (const auto error = ended.get_future().get()) std::rethrow_exception(error);
  }

  /// A row in every table.
  void fill(const Caller& caller) {
    write(caller, [](WriteSession& session) {
      model::Namespace space;
      space.name = "Retail";
      space.account_pattern = "A/{counter}";
      insert(session, space);
      model::Contact contact;
      contact.name_space = {space.audit.id, space.name};
      contact.name = "Asha Rao";
      contact.ref_id = "one";
      contact.status = "active";
      contact.type = "individual";
      contact.tags = resource::Tags{"vip"};
      insert(session, contact);
      model::Address address;
      address.contact_id = contact.audit.id;
      address.city = "Pune";
      address.tags = resource::Tags{"home"};
      insert(session, address);
      model::Bank bank;
      bank.contact_id = contact.audit.id;
      bank.account_holder_name = "Asha Rao";
      bank.account_no = "12345678";
      bank.ifsc = "HDFC0001234";
      bank.tags = resource::Tags{"main"};
      insert(session, bank);
      model::Relation relation;
      relation.contact = contact.audit.id;
      relation.type = "friend";
      relation.name = "Somebody";
      insert(session, relation);
      draw_account_reference(session, space.audit.id, session.stamps().tick());
      keep_answer(session, "key", {"digest", 201, "", "", "{}"});
    });
  }

  std::unique_ptr<Connection> connect(const std::string& role = "contactd") {
    PostgresOptions options;
    options.url = database_.url(role);
    return make_postgres_connection(options);
  }
  static std::vector<std::string> texts(Connection& connection, const std::string& sql) {
    std::vector<std::string> found;
    connection.run(sql, {}, [&](const Row& row) {
      found.emplace_back(row.text(0));
      return true;
    });
    return found;
  }
  /// The tables with rows of tenants, by what the database itself knows.
  std::vector<std::string> tables_of_tenants() {
    return texts(*connect(),
                 "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND "
                 "column_name = 'tenant_id' AND table_name <> 'tenants' ORDER BY 1");
  }

  test::TemporaryDatabase database_;
  std::unique_ptr<Store> store_;
};

TEST_F(WallTest, EveryTableWithATenantHasIt) {
  const auto connection = connect("postgres");
  const auto walled = texts(*connection,
                            "SELECT relname FROM pg_class WHERE relrowsecurity AND (relforcerowsecurity OR "
                            "relname LIKE '%\\_search') ORDER BY 1");
  EXPECT_EQ(walled, tables_of_tenants());
  EXPECT_GE(walled.size(), 20U);
  EXPECT_THAT(texts(*connection,
                    "SELECT DISTINCT rolname FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner WHERE "
                    "relnamespace = 'public'::regnamespace"),
              testing::ElementsAre("contactd_owner"));
}

TEST_F(WallTest, AStatementWithoutItsConditionSeesOneTenant) {
  for (const char* role : {"contactd", "contactd_owner"}) {
    const auto connection = connect(role);
    for (const std::string& table : tables_of_tenants()) {
      if (table.ends_with("_search") && role == std::string("contactd_owner")) continue;
      const std::string all = "SELECT DISTINCT tenant_id FROM " + table;
      EXPECT_THAT(texts(*connection, all), testing::IsEmpty()) << table << " without a tenant, as " << role;
      for (const std::int64_t tenant : {1, 2, 3}) {
        connection->begin_read();
        connection->enter_tenant(tenant);
        const auto seen = texts(*connection, all);
        connection->rollback();
        EXPECT_EQ(seen, tenant == 3 ? std::vector<std::string>{} : std::vector{std::to_string(tenant)})
            << table << " as " << role;
      }
    }
  }
}

TEST_F(WallTest, NothingIsWrittenForAnotherTenant) {
  const auto connection = connect();
  const auto refused = [&](const std::string& sql) {
    connection->begin_write();
    connection->enter_tenant(1);
    std::string message;
    try {
      connection->run(sql);
    } catch (const StoreError& error) {
      message = error.what();
    }
    connection->rollback();
    return message;
  };
  EXPECT_THAT(
      refused("INSERT INTO contacts_tags (tenant_id, tag, id, namespace_id, status, type, approval_state) VALUES "
              "(2, 't', 'i', 'n', 's', 't', 'a')"),
      testing::HasSubstr("42501"));
  EXPECT_THAT(refused("UPDATE contacts SET tenant_id = 2"), testing::HasSubstr("42501"));
  connection->begin_write();
  connection->enter_tenant(1);
  EXPECT_EQ(connection->run("DELETE FROM idempotency"), 1);
  connection->rollback();
}

TEST_F(WallTest, TheFunctionsOfTheSearchFindNobodyElses) {
  const auto connection = connect();
  const std::string all = "SELECT contacts_found(2, '{}', '[]')";
  EXPECT_THAT(texts(*connection, all), testing::IsEmpty());
  for (const std::int64_t tenant : {1, 2}) {
    connection->begin_read();
    connection->enter_tenant(tenant);
    EXPECT_EQ(texts(*connection, all).size(), tenant == 2 ? 1U : 0U);
    connection->rollback();
  }
}

TEST_F(WallTest, TheRoleThatServesChangesNoSchema) {
  const auto connection = connect();
  for (const char* sql : {"DROP TABLE contacts", "ALTER TABLE contacts DISABLE ROW LEVEL SECURITY", "CREATE TABLE x ()",
                          "CREATE POLICY everything ON contacts USING (true)", "DELETE FROM tenants",
                          "UPDATE derived_versions SET version = ''", "DELETE FROM secrets", "TRUNCATE contacts"}) {
    EXPECT_THROW(connection->run(sql), StoreError) << sql;
  }
}

}  // namespace
}  // namespace contactd::store
