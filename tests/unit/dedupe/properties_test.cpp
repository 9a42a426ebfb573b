// What holds for any two parties, and for any bytes.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>

#include "support.hpp"

namespace contactd::dedupe {
namespace {

using Random = std::mt19937_64;

std::string random_text(Random& random, std::size_t bytes_max) {
  // Mostly what names and numbers are made of, else any byte.
  constexpr std::string_view likely = "aeiournsthkmdRSPK 0123456789.-/'&+@,()";
  std::string text(random() % (bytes_max + 1), ' ');
  const bool any = random() % 4 == 0;
  for (char& c : text) c = any ? static_cast<char>(random()) : likely[random() % likely.size()];
  return text;
}

Party random_party(Random& random) {
  const char* const keys[] = {"pan",    "gstin", "aadhaar",     "passport", "voter id", "dl no", "mobile",
                              "e-mail", "dob",   "father name", "cin",      "udyam",    "photo"};
  const char* const values[] = {"ABCPK1234L", "27AAPFU0939F1ZV", "234123412346",   "M1234569",
                                "WKH1186253", "9812340567",      "r@mail.example", "12/05/1980",
                                "Mohan Lal",  "AAPFU0939F",      "1980-05-13"};
  const char* const names[] = {"Ramesh Sharma",         "Rajesh Sharma", "R Sharma", "Sunita Devi",
                               "Gupta Traders Pvt Ltd", "M/s",           ""};
  Party made = party(random() % 2 == 0 ? names[random() % std::size(names)] : random_text(random, 100), {},
                     random() % 3 == 0   ? "corporate"
                     : random() % 2 == 0 ? "individual"
                                         : "");
  for (std::size_t count = random() % 6; count > 0; --count) {
    const std::string value = random() % 3 != 0 ? values[random() % std::size(values)] : random_text(random, 40);
    made.contact.props.push_back({"", keys[random() % std::size(keys)], value, "text"});
  }
  if (random() % 2 == 0) made = at_address(made, random() % 2 == 0 ? "12 MG Road" : random_text(random, 100), "560038");
  if (random() % 2 == 0)
    made = with_account(made, "HDFC0001234", random() % 2 == 0 ? "50100123456" : random_text(random, 34));
  return made;
}

TEST(Properties, ScoresDoNotDependOnWhoIsAskedFirst) {
  Random random(1);
  for (int i = 0; i < 6'000; ++i) {
    const Party a = random_party(random);
    const Party b = random_party(random);
    const Comparison forth = compared(a, b);
    const Comparison back = compared(b, a);
    ASSERT_NEAR(forth.score, back.score, 1e-9) << a.contact.name << " and " << b.contact.name;
    ASSERT_EQ(forth.is_match, back.is_match);
    ASSERT_EQ(forth.reasons.size(), back.reasons.size());
  }
}

TEST(Properties, ScoresAreProbabilitiesAndReasonsAreWellFormed) {
  Random random(2);
  const std::set<std::string> kinds{"exact", "similar", "different"};
  std::size_t matches = 0;
  for (int i = 0; i < 6'000; ++i) {
    const Party stored = random_party(random);
    const Comparison comparison = compared(random_party(random), stored);
    ASSERT_TRUE(comparison.score >= 0 && comparison.score <= 1);
    ASSERT_EQ(comparison.is_match, comparison.score >= match_score_min);
    matches += comparison.is_match ? 1 : 0;
    for (const Reason& reason : comparison.reasons) {
      ASSERT_TRUE(kinds.contains(reason.kind));
      ASSERT_TRUE(std::isfinite(reason.weight));
      ASSERT_TRUE(!reason.similarity || (*reason.similarity >= 0 && *reason.similarity <= 1));
      ASSERT_TRUE(reason.kind != "different" || reason.weight < 0);
    }
  }
  EXPECT_GT(matches, 5U);
}

TEST(Properties, WhoIsPassedOverForItsContactWouldNotHaveBeenShown) {
  Random random(8);
  int passed_over = 0;
  int shown = 0;
  for (int i = 0; i < 6'000; ++i) {
    const Party candidate = random_party(random);
    const Party stored = random_party(random);
    const Comparer comparer(candidate);
    const double score = comparer.compare(stored).score;
    for (const double threshold : {0.05, 0.5, 0.85}) {
      if (comparer.may_reach(threshold, stored.contact)) {
        shown += score >= threshold ? 1 : 0;
        continue;
      }
      ++passed_over;
      ASSERT_LT(score, threshold) << candidate.contact.name << " and " << stored.contact.name;
    }
  }
  EXPECT_GT(passed_over, 1'000);
  EXPECT_GT(shown, 100);
}

TEST(Properties, APartyIsFoundByItselfAndNothingSpeaksAgainstIt) {
  Random random(3);
  for (int i = 0; i < 5'000; ++i) {
    const Party one = random_party(random);
    if (lookups_of(one).empty()) continue;
    ASSERT_TRUE(is_found(one, one)) << one.contact.name;
    const Comparison comparison = compared(one, one);
    for (const Reason& reason : comparison.reasons) ASSERT_GE(reason.weight, 0) << reason.field;
  }
}

TEST(Properties, KeysAreDistinctShortAndLookedUp) {
  Random random(4);
  for (int i = 0; i < 5'000; ++i) {
    const Party one = random_party(random);
    const std::vector<std::string> keys = keys_of(one.contact);
    ASSERT_TRUE(std::set<std::string>(keys.begin(), keys.end()).size() == keys.size());
    std::set<std::string> looked_up;
    for (const Lookup& lookup : lookups_of(one)) {
      ASSERT_TRUE(looked_up.insert(lookup.key).second);
      ASSERT_GT(lookup.rows_max, 0U);
    }
    std::size_t of_the_name = 0;
    for (const std::string& key : keys) {
      ASSERT_LE(key.size(), key_bytes_max);
      ASSERT_NE(key.find(':'), std::string::npos);
      ASSERT_TRUE(looked_up.contains(key)) << key;
      of_the_name += key.starts_with("name:") ? 1 : 0;
    }
    ASSERT_LE(of_the_name, 3U);
  }
}

TEST(Properties, TheLongestValuesAndTheMostPropertiesAreTaken) {
  Random random(5);
  for (int round = 0; round < 50; ++round) {
    Party one = party(random_text(random, 500));
    Party other = party(random_text(random, 500));
    for (Party* each : {&one, &other}) {
      for (std::size_t i = 0; i < model::props_max; ++i) {
        const char* const keys[] = {"mobile", "pan", "e-mail", "dob", "father name"};
        each->contact.props.push_back(
            {"", keys[i % std::size(keys)] + std::to_string(i), random_text(random, 500), "text"});
      }
      for (int i = 0; i < 30; ++i)
        *each = with_account(at_address(*each, random_text(random, 500), "560038"), "", random_text(random, 500));
    }
    ASSERT_LE(keys_of(one.contact).size(), keys_per_row_max);
    ASSERT_LE(lookups_of(one).size(), lookups_max);
    for (const std::string& key : keys_of(one.contact)) ASSERT_LE(key.size(), key_bytes_max);
    ASSERT_NEAR(compared(one, other).score, compared(other, one).score, 1e-9);
  }
}

TEST(Properties, VariantsOfANameShareAKey) {
  const char* const variants[][2] = {{"Ramesh Kumar Sharma", "Sharma Ramesh"},
                                     {"Lakshmi Devi", "Smt. Laxmi Devi"},
                                     {"Ramesh Sharma", "R. Sharma"},
                                     {"Ramesh Sharma", "Rameesh Sarma"},
                                     {"Mohammad Imran Khan", "Md Imran Khan"},
                                     {"Priya Nair", "Priya Nayar"},
                                     {"Gupta Traders Pvt Ltd", "M/s Gupta Traders"},
                                     {"Venkata Subba Rao", "Subba Rao"},
                                     {"Ramesh Sharma", "Rawesh Sharma"},
                                     {"Sunita Devi Sharma", "Sunita Sharma"}};
  for (const auto& [stored, asked] : variants) {
    EXPECT_TRUE(is_found(party(asked), party(stored))) << asked;
    EXPECT_TRUE(is_found(party(stored), party(asked))) << asked;
  }
  EXPECT_FALSE(is_found(party("Ramesh Sharma"), party("Sunita Patel")));
}

TEST(Properties, KeysAreOfTheFormThatTheStoreKeeps) {
  const std::vector<std::string> keys = keys_of(
      party("Ramesh Sharma", {{"PAN", "abcpk1234l"}, {"mobile", "9812340567"}, {"pan 2", "123254684"}}).contact);
  const std::set<std::string> all(keys.begin(), keys.end());
  EXPECT_TRUE(all.contains("pan:ABCPK1234L"));
  EXPECT_TRUE(all.contains("phone:+919812340567"));
  EXPECT_TRUE(all.contains("pan~:123254684"));
  EXPECT_EQ(keys_of(with_account(party(""), "hdfc0001234", "00123-45").banks[0]),
            (std::vector<std::string>{"account:HDFC0001234/0012345"}));
  EXPECT_TRUE(keys_of(at_address(party(""), "12 MG Road", "560038").addresses[0]).empty());
}

/// `to` with one member of `from` in it, the member that stands at that index of the description.
template <class T>
T with_field(T to, const T& from, std::size_t wanted) {
  resource::for_each_field_indexed<T>([&](const auto& each, std::size_t index) {
    if (index == wanted) to.*each.member = from.*each.member;
  });
  return to;
}

/// Of pairs that differ in one field: how many keep their keys as far as is said, each of which must.
template <class T, class Make>
std::size_t pairs_that_keep_keys(Make&& make) {
  std::size_t keeping = 0;
  for (int i = 0; i < 300; ++i) {
    const T before = make();
    const T other = make();
    for (std::size_t field = 0; field < resource::field_count<T>; ++field) {
      const T after = with_field(before, other, field);
      if (!keys_stay(before, after)) continue;
      ++keeping;
      EXPECT_EQ(keys_of(before), keys_of(after)) << "field " << field;
    }
  }
  return keeping;
}

TEST(Properties, KeysStayWhereItIsSaidThatTheyDo) {
  Random random(9);
  EXPECT_GT(pairs_that_keep_keys<model::Contact>([&] {
              model::Contact made = random_party(random).contact;
              made.ref_id = random_text(random, 10);
              made.tags = resource::Tags{random_text(random, 5)};
              made.name_space.id = random_text(random, 5);
              made.rm_id = random_text(random, 5);
              return made;
            }),
            1'000U);
  EXPECT_GT(pairs_that_keep_keys<model::Bank>([&] {
              model::Bank made;
              made.ifsc = random() % 2 == 0 ? "HDFC0001234" : "ICIC0004321";
              made.account_no = random() % 2 == 0 ? "50100123456" : "50100654321";
              made.account_holder_name = random_text(random, 20);
              return made;
            }),
            500U);
}

}  // namespace
}  // namespace contactd::dedupe
