// What everybody tries first: sample numbers, single letters, one name spelt in two ways; and what must never merge.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "dedupe/features.hpp"
#include "support.hpp"

namespace contactd::dedupe {
namespace {

/// What the service would show at this threshold.
bool is_shown(const Party& asked, const Party& stored, double threshold = 0.5) {
  return is_found(asked, stored) && compared(asked, stored).score >= threshold;
}

void expect_review(const Party& asked, const Party& stored) {
  EXPECT_TRUE(is_shown(asked, stored));
  EXPECT_FALSE(compared(asked, stored).is_match);
}

TEST(Samples, AreFoundByTheValueAloneAndMatchWithTheName) {
  for (const auto& [key, value] : Props{{"pan", "ABCDE1234F"},
                                        {"pan", "PQRST5678K"},
                                        {"pan", "AAAAA1111A"},
                                        {"aadhaar", "123456789012"},
                                        {"gstin", "22AAAAA0000A1Z5"},
                                        {"gstin", "27ABCDE1234F1Z5"},
                                        {"voter_id", "ABC1234567"},
                                        {"passport", "A1234567"},
                                        {"driving licence", "XX1420110012345"},
                                        {"udyam", "UDYAM-MH-19-0012345"}}) {
    SCOPED_TRACE(value);
    const Party stored = party("Asha Laxmi Rao", {{key, value}});
    EXPECT_TRUE(has_something_to_compare(party("", {{key, value}})));
    EXPECT_TRUE(is_shown(party("", {{key, value}}), stored));
    EXPECT_TRUE(is_shown(party("Asha Lakshmi Rao", {{key, value}}), stored, match_score_min));
    EXPECT_TRUE(compared(party("Asha Lakshmi Rao", {{key, value}}), stored).is_match);
  }
  // A wrong check digit makes it weaker.
  const auto score = [](const char* number) {
    return compared(party("", {{"aadhaar", number}}), party("", {{"aadhaar", number}})).score;
  };
  EXPECT_LT(score("123456789012"), score("234123412346"));
}

TEST(Samples, OfTelephoneAndMailAreFoundWithoutAName) {
  for (const auto& [key, asked, kept] : {std::array{"mobile", "9876543210", "+919876543210"},
                                         {"mobile", "+919876543210", "98765 43210"},
                                         {"email", "test@example.com", "Test@Example.com"},
                                         {"email", "abc@xyz.com", "abc@xyz.com"}}) {
    SCOPED_TRACE(asked);
    expect_review(party("", {{key, asked}}), party("Asha Rao", {{key, kept}}));
    EXPECT_TRUE(compared(party("Asha Rao", {{key, asked}}), party("Asha Rao", {{key, kept}})).is_match);
  }
}

TEST(Samples, OfAccountsAreFoundWithoutANameAndMatchWithIt) {
  for (const char* number : {"1234567890", "123456789012"}) {
    SCOPED_TRACE(number);
    const Party stored = with_account(party("Asha Rao"), "HDFC0001234", number);
    EXPECT_TRUE(is_shown(with_account(party(""), "hdfc0001234", number), stored));
    EXPECT_TRUE(compared(with_account(party("Rao Asha"), "HDFC0001234", number), stored).is_match);
  }
  EXPECT_TRUE(lookups_of(with_account(party(""), "HDFC0001234", "0000000000")).empty());
}

TEST(Never, TwoDifferentValuesOfPanFormAreAMatch) {
  const auto person = [](const char* pan) {
    return with_account(party("Asha Rao", {{"pan", pan},
                                           {"mobile", "9876543210"},
                                           {"dob", "1980-05-12"},
                                           {"email", "a@mail.example"},
                                           {"aadhaar", "234123412346"},
                                           {"passport", "M1234569"}}),
                        "HDFC0001234", "50100123456789");
  };
  for (const char* one : {"ABCDE1234F", "AAAAA1111A", "ABCPK1234L", "ABCPK0000L"}) {
    for (const char* other : {"PQRST5678K", "BXZPM5678Q", "ABCDE1235F", "ABCPK0001L"}) {
      EXPECT_FALSE(compared(person(one), person(other)).is_match) << one << " and " << other;
    }
    EXPECT_TRUE(compared(person(one), person(one)).is_match);
  }
}

TEST(Never, ASharedGstinMakesAMatchOfTwoPansThatWereGiven) {
  const Props gst{{"gstin", "27AAPFU0939F1ZV"}, {"mobile", "9876543210"}};
  const auto with = [&](const char* pan) {
    Props props = gst;
    if (*pan != '\0') props.emplace_back("pan", pan);
    return party("Usha Traders", props, "corporate");
  };
  EXPECT_FALSE(compared(with("ABCPK1234L"), with("BXZPM5678Q")).is_match);
  EXPECT_TRUE(compared(with("ABCPK1234L"), with("ABCPK1234L")).is_match);
  EXPECT_TRUE(compared(with(""), with("")).is_match);
  // The one in the GSTIN counts for the side that gave no other.
  EXPECT_TRUE(compared(with(""), with("AAPFU0939F")).is_match);
  EXPECT_FALSE(compared(with(""), with("ABCPK1234L")).is_match);
}

TEST(Never, APanIsCrowdedOut) {
  std::string numbers;
  for (int i = 0; i < 41; ++i) numbers += std::to_string(9812300000 + i) + ", ";
  Props many{{"mobile", numbers}};
  for (int i = 0; i < 90; ++i) many.emplace_back("email", "a" + std::to_string(i) + "@mail.example");
  Props ours = many;
  Props theirs = many;
  ours.emplace_back("pan", "ABCPK1234L");
  theirs.emplace_back("pan", "BXZPM5678Q");
  EXPECT_FALSE(compared(party("Asha Rao", ours), party("Asha Rao", theirs)).is_match);
  EXPECT_TRUE(is_shown(party("", {{"pan", "ABCPK1234L"}}), party("Asha Rao", ours)));
  EXPECT_TRUE(is_found(party("Asha Rao", ours), party("", {{"pan", "ABCPK1234L"}})));

  Props pans;
  for (int i = 0; i < 100; ++i) pans.emplace_back("pan " + std::to_string(i), "ABCPK" + std::to_string(1000 + i) + "L");
  EXPECT_TRUE(is_shown(party("", {{"pan", "ABCPK1099L"}}), party("Asha Rao", pans)));
  EXPECT_LE(keys_of(party("Asha Rao", pans).contact).size(), keys_per_row_max);
}

TEST(Something, IsWhateverWasSaid) {
  const auto of = [](const Party& asked) { return has_something_to_compare(asked); };
  for (const char* name : {"X", "A B", "S K", "Jo", "..."}) EXPECT_TRUE(of(party(name))) << name;
  EXPECT_TRUE(of(at_address(party(""), "12 MG Road", "560038")));
  EXPECT_TRUE(of(at_address(party(""), "", "560038")));
  EXPECT_TRUE(of(with_account(party(""), "HDFC0001234", "")));
  EXPECT_TRUE(of(party("", {{"pan", "NOT AVAILABLE"}})));
  EXPECT_TRUE(of(party("", {{"favourite colour", "blue"}})));
  Party referred = party("");
  referred.contact.ref_id = "R-1";
  EXPECT_TRUE(of(referred));

  EXPECT_FALSE(of(party("")));
  EXPECT_FALSE(of(party("", {{"pan", ""}})));
  EXPECT_FALSE(of(with_account(at_address(party(""), "", ""), "", "")));
}

TEST(NameAlone, IsShownWhenItIsTheSameHoweverShort) {
  for (const char* name : {"X", "A B", "S K", "Jo", "SK", "Ramesh", "Ab"}) {
    SCOPED_TRACE(name);
    expect_review(party(name), party(name, {{"pan", "ABCPK1234L"}}));
    EXPECT_LE(keys_of(party(name).contact).size(), 3U);
  }
  EXPECT_FALSE(is_found(party("A B"), party("A C")));
}

TEST(NameAlone, IsShownInAnotherOrderSpellingAndAsInitials) {
  const double exact = compared(party("Rao Asha"), party("Asha Rao", {{"pan", "ABCPK1234L"}})).score;
  EXPECT_GE(exact, 0.6);
  EXPECT_LE(exact, 0.75);
  for (const auto& [one, other] : Props{{"Laxmi Devi", "Lakshmi Devi"},
                                        {"Ramesh Agarwal", "Ramesh Aggarwal"},
                                        {"Deepak Joshi", "Dipak Joshi"},
                                        {"Pooja Rao", "Puja Rao"},
                                        {"S K Sharma", "Suresh Kumar Sharma"},
                                        {"R Sharma", "Ramesh Sharma"},
                                        {"Asha Rao", "Asha Rao Patil"},
                                        {"B Singh", "Bijay Singh"},
                                        {"Beena Rao", "Veena Rao"},
                                        {"Vijay Singh", "Bijay Singh"}}) {
    SCOPED_TRACE(one);
    const Props known{{"mobile", "9812340567"}, {"dob", "1980-05-12"}};
    expect_review(party(one), party(other, known));
    expect_review(party(other), party(one, known));
    EXPECT_LT(compared(party(one), party(other, known)).score, exact);
  }
}

TEST(NameAlone, FallsWhenSomethingContradicts) {
  const Props ours{{"dob", "1991-03-04"}, {"mobile", "9812340567"}};
  const Props theirs{{"dob", "1980-05-12"}, {"mobile", "9845098450"}};
  EXPECT_LT(compared(party("Laxmi Devi", ours), party("Lakshmi Devi", theirs)).score, 0.1);
  EXPECT_LT(compared(party("Ramesh Sharma"), party("Rajesh Sharma")).score, 0.5);
  EXPECT_LT(compared(party("Laxmi Devi", {}, "individual"), party("Lakshmi Devi", {}, "corporate")).score, 0.5);
}

TEST(Files, AreReferencesAndNoIdentifiers) {
  Party stored = party("", {{"pan", "ABCPK1234L"}});
  stored.contact.props[0].type = "file";
  EXPECT_TRUE(keys_of(stored.contact).empty());
  EXPECT_TRUE(compared(party("", {{"pan", "ABCPK1234L"}}), stored).reasons.empty());
}

TEST(Scores, AreRoundedAsTheyAreShown) {
  for (const char* name : {"Asha Rao", "Zubeda Thangkhiew", "Ramesh Kumar"}) {
    const double score = compared(party(name), party(name)).score;
    EXPECT_EQ(score, std::round(score * 10'000) / 10'000);
  }
}

}  // namespace
}  // namespace contactd::dedupe
