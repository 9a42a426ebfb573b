// After random work a check finds nothing; after any one change behind the store's back it does.
#include "store/check_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "search_support.hpp"
#include "store/search_sums.hpp"
#include "store/search_text.hpp"

namespace contactd::store {
namespace {

using test::contact_in;
using test::SearchedStore;

std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> lines;
  Findings findings([&](const std::string& line) { lines.push_back(line); });
  check_store({.path = path}, findings, nullptr);
  return lines;
}

TEST(SearchSums, AreNothingWhenTheTokensAreTheSame) {
  SearchSums sums;
  const std::int64_t place = (std::int64_t{1} << place_bits) + 7;
  const std::vector<std::string> tokens{"1\nash", "1\nsha", "1\nha", "1\na", "1\n\nkey"};
  sums.add_text(place, marked_text(place, "asha\nkey"));
  for (std::size_t i = 0; i < tokens.size(); ++i) sums.remove(tokens[i], place, static_cast<std::int64_t>(i));
  EXPECT_TRUE(sums.differing(10).empty());
  sums.remove(tokens[0], place, 1);
  ASSERT_EQ(sums.differing(10).size(), 1U);
  SearchSums single(sums.differing(10));
  single.add_text(place, marked_text(place, "asha"));
  EXPECT_EQ(single.differing_places(), std::vector<std::int64_t>{place});
}

TEST(SearchSums, SeeWhereATokenStandsAndInWhichRow) {
  for (const auto& [place, number] : {std::pair{2, 0}, std::pair{1, 1}}) {
    SearchSums sums;
    sums.add_text(1, marked_text(1, "a"));
    sums.remove("0\na", place, number);
    EXPECT_FALSE(sums.differing(10).empty()) << place << ' ' << number;
  }
}

class CheckedStore : public testing::Test {
 protected:
  CheckedStore() {
    for (int tenant = 1; tenant <= 2; ++tenant) work(tenant);
    store_.close();
  }

  void work(int tenant) {
    const std::string space = store_.namespace_of(tenant);
    std::vector<model::Contact> contacts;
    store_.write(tenant, [&](WriteSession& session) {
      for (int i = 0; i < 80; ++i) {
        model::Contact contact = contact_in(space, i % 2 == 0 ? "Asha Rao" : "Bela Shah");
        contact.tags = resource::Tags{"gold", "t" + std::to_string(i % 3)};
        contact.props = {{{}, "pan", "AFZPK7190K", "text"}};
        insert(session, contact);
        contacts.push_back(contact);
      }
      for (int i = 0; i < 300; ++i) {
        model::Contact& contact = contacts[random_() % contacts.size()];
        const model::Contact before = contact;
        contact.name = random_() % 2 == 0 ? "Rao Asha" : "Chitra";
        contact.status = random_() % 2 == 0 ? "active" : "inactive";
        contact.tags = resource::Tags{"t" + std::to_string(random_() % 4)};
        if (random_() % 5 == 0) contact.tags.reset();
        update(session, before, contact);
      }
      return true;
    });
    store_.wait();
  }

  /// What a check finds after the statement.
  std::vector<std::string> after(const std::string& statement) {
    open_sqlite_writer({.path = store_.path(), .references_at_commit = true})->run_script(statement);
    return lines_of(store_.path());
  }
  void mend() {
    Findings findings([](const std::string&) {});
    check_store({.path = store_.path()}, findings, nullptr);
    mend_store({.path = store_.path()}, findings, nullptr);
  }

  SearchedStore store_;
  std::mt19937 random_{20};
};

TEST_F(CheckedStore, IsSoundAfterRandomWork) {
  EXPECT_THAT(lines_of(store_.path()), testing::IsEmpty());
}

TEST_F(CheckedStore, EveryDerivedThingIsFoundAndMended) {
  for (const std::string statement :
       {"UPDATE contacts_counts SET total = total + 1 WHERE tenant_id = 1", "DELETE FROM contacts_counts",
        "DELETE FROM contacts_tags WHERE tenant_id = 2", "UPDATE contacts_tags SET type = 'corporate'",
        "UPDATE namespaces SET name = name || 'x' WHERE tenant_id = 2", "DELETE FROM contacts_search_data WHERE id > 9",
        "DROP INDEX contacts_by_updated_at"}) {
    SCOPED_TRACE(statement);
    EXPECT_FALSE(after(statement).empty());
    mend();
    EXPECT_THAT(lines_of(store_.path()), testing::IsEmpty());
  }
}

TEST_F(CheckedStore, WhatIsNoStoreIsNotChecked) {
  Findings findings([](const std::string&) {});
  EXPECT_THROW(check_store({.path = store_.path() + "x"}, findings, nullptr), std::runtime_error);
  EXPECT_TRUE(findings.empty());
}

}  // namespace
}  // namespace contactd::store
