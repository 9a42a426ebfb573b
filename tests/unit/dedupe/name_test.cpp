// Names: what two spellings of one name have in common, and what keeps two people apart.
#include "dedupe/name.hpp"

#include <gtest/gtest.h>

#include "dedupe/jaro_winkler.hpp"

namespace contactd::dedupe {
namespace {

NameVerdict verdict_of(const char* a, const char* b, bool company = false) {
  const Name one = parsed_name(a, company);
  const Name other = parsed_name(b, company);
  const NameVerdict verdict = compare_names(one, other).verdict;
  EXPECT_EQ(compare_names(other, one).verdict, verdict) << a << " and " << b << " differ by who is asked first";
  return verdict;
}

std::string words_of(const char* text, bool company = false) {
  std::string all;
  for (const NameWord& word : parsed_name(text, company).words) all += (all.empty() ? "" : " ") + word.text;
  return all;
}

TEST(Name, IsTakenApart) {
  EXPECT_EQ(words_of("Shri. Ramesh Kr. Sharma"), "ramesh kumar sharma");
  EXPECT_EQ(words_of("Smt Sunita Devi W/o Ramesh Sharma"), "sunita devi");
  EXPECT_EQ(words_of("R.K. D'Souza"), "r k dsouza");
  EXPECT_EQ(words_of("RK Sharma"), "r k sharma");
  EXPECT_EQ(words_of("AK Sharma"), "a k sharma");
  EXPECT_EQ(words_of("Om Sharma"), "om sharma");
  EXPECT_EQ(words_of("Md. Imran"), "mohammad imran");
  EXPECT_EQ(words_of("M/s Gupta & Sons Pvt. Ltd."), "gupta sons");
  EXPECT_EQ(words_of("A.B.C. Trader (P) Limited"), "abc traders");
  EXPECT_EQ(words_of("The Deccan Stores", true), "deccan stores");
  EXPECT_EQ(words_of("Dr. Miss"), "miss");
  EXPECT_EQ(words_of("Private Limited"), "private limited");
  EXPECT_TRUE(parsed_name("Gupta Ltd", false).is_company);
  EXPECT_FALSE(parsed_name("Ramesh Gupta", false).is_company);
  EXPECT_TRUE(parsed_name(" .,-&() ", false).words.empty());
}

TEST(Name, FoldsWhatSpellingsDifferIn) {
  const std::vector<std::pair<const char*, const char*>> same{
      {"shree", "sri"},        {"lakshmi", "laxmi"},    {"geeta", "gita"},      {"pooja", "puja"},
      {"savithri", "savitri"}, {"vishwas", "wisvas"},   {"faiz", "phaiz"},      {"sanjaay", "sanjai"},
      {"subhash", "subash"},   {"mohammad", "mohamad"}, {"qureshi", "kureshi"}, {"sudhir", "sudir"}};
  for (const auto& [one, other] : same) EXPECT_EQ(folded_word(one), folded_word(other)) << one;
  for (const auto& [one, other] :
       {std::pair{"ramesh", "rajesh"}, {"vijay", "vijaya"}, {"anil", "sunil"}, {"ram", "rama"}}) {
    EXPECT_NE(folded_word(one), folded_word(other)) << one;
  }
}

TEST(Name, OfOnePersonIsSimilar) {
  using V = NameVerdict;
  EXPECT_EQ(verdict_of("Ramesh Sharma", "SHARMA, RAMESH"), V::exact);
  EXPECT_EQ(verdict_of("Shri Ramesh Sharma", "ramesh sharma"), V::exact);
  for (const char* other :
       {"Ramesh Kumar Sharma", "Ramesh Sarma", "Rameesh Sharma", "Ramesh K Sharma", "Ramehs Sharma", "Rmesh Sharm"}) {
    EXPECT_EQ(verdict_of("Ramesh Sharma", other), V::similar) << other;
  }
  for (const char* other : {"R. Sharma", "Sharma R", "RK Sharma"}) {
    EXPECT_EQ(verdict_of("Ramesh Kumar Sharma", other), V::initials) << other;
  }
  for (const char* other : {"Rawesh Sharma", "Ramesh Snigh Sharmk"}) {
    EXPECT_EQ(verdict_of("Ramesh Singh Sharma", other), V::slip) << other;
  }
  EXPECT_EQ(verdict_of("Ramkumar Verma", "Ram Kumar Varma"), V::similar);
  EXPECT_EQ(verdict_of("Gupta Traders Pvt Ltd", "M/s Gupta Traders Private Limited", true), V::exact);
  EXPECT_EQ(verdict_of("Gupta Brothers", "Gupta Bros.", true), V::exact);
  EXPECT_EQ(verdict_of("Priya Sharma", "Priya Reddy"), V::other_surname);
  for (const char* other : {"Rajesh Sharma", "Rakesh Sharma", "Namesh Sharma"}) {
    EXPECT_EQ(verdict_of("Ramesh Sharma", other), V::unclear) << other;
  }
}

TEST(Name, OfAnotherPersonIsDifferent) {
  for (const char* other :
       {"Sunita Sharma", "Anil Sharma", "Suresh Patel", "S Sharma", "Kumar Sharma", "Sunita Kumari Sharma"}) {
    EXPECT_EQ(verdict_of("Ramesh Sharma", other), NameVerdict::different) << other;
  }
  EXPECT_EQ(verdict_of("Patel Ramesh", "Patel Sunil"), NameVerdict::different);
  EXPECT_EQ(verdict_of("Gupta Traders", "Gupta Textiles", true), NameVerdict::different);
}

TEST(Words, AreMeasured) {
  EXPECT_NEAR(jaro_winkler("martha", "marhta"), 0.9611, 0.0001);
  EXPECT_NEAR(jaro_winkler("dixon", "dicksonx"), 0.8133, 0.0001);
  EXPECT_EQ(jaro_winkler("", "abc"), 0);
  EXPECT_EQ(jaro_winkler("abc", "abc"), 1);
  EXPECT_EQ(spelling_distance("ramesh", "ramesh"), 0);
  EXPECT_LT(spelling_distance("mohan", "mohun"), spelling_distance("ramesh", "rajesh"));
  EXPECT_NEAR(spelling_distance("ramehs", "ramesh"), 0.6, 0.001);
  EXPECT_NEAR(spelling_distance("", "ab"), 1.2, 0.001);
}

}  // namespace
}  // namespace contactd::dedupe
