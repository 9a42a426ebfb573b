// The index of dedupe keys is made anew when another version made it, and is then what the writes had kept.
#include "store/dedupe_keys.hpp"

#include <gtest/gtest.h>

#include "search_support.hpp"

namespace contactd::store {
namespace {

std::string all_keys(const std::string& path) {
  std::string keys;
  open_sqlite_reader({.path = path})
      ->run("SELECT tenant_id, key, contact_id, row_id FROM dedupe_keys ORDER BY 1, 2, 3, 4", {}, [&](const Row& row) {
        for (int column = 0; column < 4; ++column) keys += std::string(row.text(column)) + "|";
        keys += '\n';
        return true;
      });
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
  EXPECT_GT(std::count(kept.begin(), kept.end(), '\n'), 400);
  for (const char* damage :
       {"DELETE FROM derived_versions WHERE name = 'dedupe_keys'",
        "UPDATE derived_versions SET version = '0' WHERE name = 'dedupe_keys'; DELETE FROM dedupe_keys"}) {
    open_sqlite_writer({.path = store.path()})->run_script(damage);
    store.open();
    store.close();
    EXPECT_EQ(all_keys(store.path()), kept) << damage;
  }
  // An index that fits is left as it is.
  open_sqlite_writer({.path = store.path()})->run_script("DELETE FROM dedupe_keys");
  store.open();
  store.close();
  EXPECT_EQ(all_keys(store.path()), "");
}

}  // namespace
}  // namespace contactd::store
