// The index of dedupe keys is made anew when another version made it, and is then what the writes had kept.
#include "store/dedupe_keys.hpp"

#include <gtest/gtest.h>

#include "search_support.hpp"
#include "store/migrate.hpp"

namespace contactd::store {
namespace {

/// Each key of the search tables and the place of the row that bears it.
std::string all_keys(const std::string& path) {
  std::string keys;
  const auto connection = open_sqlite_writer({.path = path});
  for (const std::string table : {"contacts_search", "banks_search"}) {
    connection->run_script("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, " + table + ", instance)");
    connection->run("SELECT term, doc FROM terms WHERE instr(term, char(10) || char(10)) > 0 ORDER BY 1, 2", {},
                    [&](const Row& row) {
                      keys += table + "|" + std::string(row.text(0)) + "|" + std::string(row.text(1)) + "|;";
                      return true;
                    });
    connection->run_script("DROP TABLE temp.terms");
  }
  return keys;
}

using test::contact_in;
using test::SearchedStore;

/// Makes, changes and removes contacts and bank accounts at random.
void do_random_work(SearchedStore& store, int tenant, std::mt19937& random) {
  const std::string space = store.namespace_of(tenant);
  std::vector<model::Contact> contacts;
  std::vector<model::Bank> banks;
  const auto pick = [&](std::initializer_list<const char*> choices) {
    return std::string(std::data(choices)[random() % choices.size()]);
  };
  store.write(tenant, [&](WriteSession& session) {
    for (int i = 0; i < 60; ++i) {
      model::Contact contact = contact_in(space, pick({"Asha Rao", "Suresh Kumar Verma", "Verma Traders Pvt Ltd"}));
      contact.props = {{{}, "pan", pick({"AFZPK7190K", "BKTPM4321L", "x"}), "text"},
                       {{}, "mobile", pick({"9820012345", "9820054321"}), "text"}};
      insert(session, contact);
      contacts.push_back(contact);
      model::Bank bank;
      bank.contact_id = contact.audit.id;
      bank.account_holder_name = "Holder";
      bank.account_no = std::to_string(100'000 + i % 7);
      bank.ifsc = "HDFC0001234";
      insert(session, bank);
      banks.push_back(bank);
    }
    for (int i = 0; i < 200; ++i) {
      model::Contact& contact = contacts[random() % contacts.size()];
      const model::Contact before = contact;
      if (random() % 3 == 0) contact.name = pick({"Asha Rao", "Rao Asha", "Bela Shah"});
      if (random() % 3 == 0) contact.props[0].value = pick({"AFZPK7190K", "CQWPS1122M"});
      if (random() % 9 == 0) contact.props.resize(1);
      update(session, before, contact);
    }
    for (std::size_t i = 0; i < 20; ++i) remove(session, banks[i]);
    return true;
  });
  store.wait();
}

TEST(DedupeKeys, MadeAnewTheyAreWhatTheWritesHadKept) {
  std::mt19937 random(24);
  SearchedStore store;
  for (const int tenant : {1, 2}) do_random_work(store, tenant, random);
  store.close();
  const std::string kept = all_keys(store.path());
  EXPECT_GT(std::count(kept.begin(), kept.end(), ';'), 400);
  for (const char* damage : {"DELETE FROM derived_versions WHERE name IN ('contacts_search', 'banks_search')",
                             "UPDATE derived_versions SET version = '0'"}) {
    open_sqlite_writer({.path = store.path()})->run_script(damage);
    store.open();
    store.close();
    EXPECT_EQ(all_keys(store.path()), kept) << damage;
  }
  // An index that fits is left as it is.
  open_sqlite_writer({.path = store.path()})
      ->run_script(
          "INSERT INTO contacts_search (contacts_search) VALUES ('delete-all');"
          "INSERT INTO banks_search (banks_search) VALUES ('delete-all')");
  store.open();
  store.close();
  EXPECT_EQ(all_keys(store.path()), "");
}

TEST(DedupeKeys, TheTableThatOnceHeldThemGoes) {
  SearchedStore store;
  store.close();
  open_sqlite_writer({.path = store.path()})
      ->run_script(
          "CREATE TABLE dedupe_keys (tenant_id INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (tenant_id, key)) "
          "STRICT;"
          "INSERT INTO schema_columns VALUES ('dedupe_keys', 'key', 'TEXT NOT NULL');"
          "INSERT INTO derived_versions VALUES ('dedupe_keys', '2')");
  migrate({.path = store.path()}, [](const SchemaStep&) {}, nullptr);
  int left = 0;
  for (const char* sql : {"SELECT 1 FROM sqlite_schema WHERE name = 'dedupe_keys'",
                          "SELECT 1 FROM schema_columns WHERE table_name = 'dedupe_keys'",
                          "SELECT 1 FROM derived_versions WHERE name = 'dedupe_keys'"}) {
    open_sqlite_reader({.path = store.path()})->run(sql, {}, [&](const Row&) { return ++left > 0; });
  }
  EXPECT_EQ(left, 0);
}

}  // namespace
}  // namespace contactd::store
