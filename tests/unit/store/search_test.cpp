// The search tables beside the rows: rolled back with them, made anew when they do not fit, sound after a crash.
#include "search_support.hpp"

namespace contactd::store::test {
namespace {

ListQuery search_for(const std::string& text) {
  ListQuery query;
  query.words = folded_words(text);
  return query;
}

void create(SearchedStore& store, int tenant, const std::string& name, bool keep = true) {
  const std::string space = store.namespace_of(tenant);
  store.write(tenant, [=](WriteSession& session) {
    Contact contact = contact_in(space, name);
    insert(session, contact);
    return keep;
  });
}

/// What FTS5 itself says of its table; it fails when the table does not hold together.
void expect_sound(const std::string& path) {
  const auto connection = open_sqlite_writer({.path = path});
  EXPECT_NO_THROW(connection->run("INSERT INTO contacts_search (contacts_search) VALUES ('integrity-check')"));
}

TEST(Search, ARefusedWriteLeavesNothingBehindInItsGroup) {
  SearchedStore store;
  store.namespace_of(1);
  std::promise<void> gate;
  auto opened = gate.get_future().share();
  store.write(1, [opened](WriteSession&) {
    opened.wait();
    return true;
  });
  create(store, 1, "kept one");
  create(store, 1, "refused", false);
  create(store, 1, "kept two");
  gate.set_value();
  store.wait();
  EXPECT_EQ(store.count(1, search_for("refused")), 0);
  EXPECT_EQ(store.count(1, search_for("kept")), 2);
  store.close();
  expect_sound(store.path());
}

TEST(Search, AChangeThatIsRefusedLeavesTheOldWords) {
  SearchedStore store;
  create(store, 1, "before");
  store.wait();
  const Contact row = store.page(1, search_for("before")).at(0);
  store.write(1, [row](WriteSession& session) {
    Contact after = row;
    after.name = "after";
    update(session, row, after);
    return false;
  });
  store.write(1, [row](WriteSession& session) {
    remove(session, row);
    return false;
  });
  store.wait();
  EXPECT_EQ(store.count(1, search_for("before")), 1);
  EXPECT_EQ(store.count(1, search_for("after")), 0);
}

TEST(Search, TheNewestRowsPlaceIsGivenAgainWithoutItsWords) {
  SearchedStore store;
  create(store, 1, "first");
  create(store, 1, "second");
  store.wait();
  const Contact row = store.page(1, search_for("second")).at(0);
  store.write(1, [row](WriteSession& session) {
    remove(session, row);
    return true;
  });
  create(store, 1, "third");
  store.wait();
  EXPECT_EQ(store.count(1, search_for("second")), 0);
  EXPECT_EQ(store.page(1, search_for("third")).at(0).name, "third");
  EXPECT_EQ(store.page(1, search_for("ir")).size(), 2U);
}

TEST(Search, TablesThatDoNotFitAreMadeAnewFromTheRows) {
  SearchedStore store;
  for (const char* name : {"asha rao", "bela shah", "chand"}) create(store, 1, name);
  create(store, 2, "dev asha");
  store.wait();
  store.close();
  const auto spoil = [&](const std::string& sql) { open_sqlite_writer({.path = store.path()})->run_script(sql); };
  for (const char* damage : {"DROP TABLE contacts_search; DELETE FROM derived_versions",
                             "DELETE FROM derived_versions WHERE name = 'contacts_search'",
                             "UPDATE derived_versions SET version = 'older'; "
                             "INSERT INTO contacts_search (contacts_search) VALUES ('delete-all')"}) {
    spoil(damage);
    store.open();
    EXPECT_EQ(store.count(1, search_for("ASHA")), 1) << damage;
    EXPECT_EQ(store.count(1, search_for("sh")), 2) << damage;
    EXPECT_EQ(store.count(2, search_for("asha")), 1) << damage;
    store.close();
  }
  // A store that fits is left as it is: what was taken out stays out.
  spoil("INSERT INTO contacts_search (contacts_search) VALUES ('delete-all')");
  store.open();
  EXPECT_EQ(store.count(1, search_for("asha")), 0);
}

TEST(Search, OfManyRowsIsMadeAnewInSteps) {
  SearchedStore store;
  const std::string space = store.namespace_of(1);
  constexpr int rows = 5'003;  // more than one step takes
  store.write(1, [&](WriteSession& session) {
    for (int i = 0; i < rows; ++i) {
      Contact contact = contact_in(space, "person " + std::to_string(i));
      insert(session, contact);
    }
    return true;
  });
  store.wait();
  EXPECT_EQ(store.count(1, search_for("person")), rows);
  store.close();
  open_sqlite_writer({.path = store.path()})->run_script("DELETE FROM derived_versions");
  store.open();
  EXPECT_EQ(store.count(1, search_for("person")), rows);
  EXPECT_EQ(store.count(1, search_for("5002")), 1);
  store.close();
  expect_sound(store.path());
}

}  // namespace
}  // namespace contactd::store::test
