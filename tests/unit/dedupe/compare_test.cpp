// What is a match, what somebody has to look at, and what is somebody else.
#include <gtest/gtest.h>
#include <cmath>

#include "support.hpp"

namespace contactd::dedupe {
namespace {

const char* const pan = "ABCPK1234L";
const char* const other_pan = "BXZPM5678Q";
const char* const phone = "+91 98123 40567";

void expect_match(const Comparison& comparison) {
  EXPECT_GE(comparison.score, match_score_min);
  EXPECT_TRUE(comparison.is_match);
}
void expect_review(const Comparison& comparison) {
  EXPECT_GE(comparison.score, 0.5);
  EXPECT_LT(comparison.score, match_score_min);
  EXPECT_FALSE(comparison.is_match);
}
void expect_other(const Comparison& comparison) {
  EXPECT_LT(comparison.score, 0.5);
  EXPECT_FALSE(comparison.is_match);
}

TEST(Compare, AnIdentifierInAnySpellingUnderAnyKeyIsAMatch) {
  const Party stored = party("Ramesh Sharma", {{"pan_no", pan}});
  for (const char* key : {"PAN", "pan no.", "Pan Number", "panNumber", "permanent account number"}) {
    const Comparison comparison = compared(party("", {{key, "abcpk 1234-l"}}), stored);
    expect_match(comparison);
    ASSERT_EQ(comparison.reasons.size(), 1U);
    EXPECT_EQ(comparison.reasons[0].field, "props/pan_no");
    EXPECT_EQ(comparison.reasons[0].kind, "exact");
    EXPECT_GT(comparison.reasons[0].weight, 4);
  }
}

TEST(Compare, TheSameIdentifierUnderAnotherNameIsForSomebodyToLookAt) {
  expect_review(compared(party("Gauri Hegde", {{"pan", pan}}), party("Ramesh Sharma", {{"pan", pan}})));
}

TEST(Compare, TwoValidPansAreNeverAMatchWhateverElseIsTheSame) {
  const Props rest{{"mobile", phone}, {"email", "r@mail.example"}, {"dob", "1980-05-12"}, {"passport", "M1234569"}};
  Props ours = rest;
  Props theirs = rest;
  ours.emplace_back("pan", pan);
  theirs.emplace_back("pan_no", other_pan);
  const auto full = [](const Props& props) {
    return with_account(at_address(party("Ramesh Sharma", props), "12 MG Road, Indiranagar", "560038"), "HDFC0001234",
                        "50100123456789");
  };
  EXPECT_FALSE(compared(full(ours), full(theirs)).is_match);
  EXPECT_LT(compared(full(ours), full(theirs)).score, match_score_min);
  ours.back().second = "ABCPK1234M";
  theirs.back().second = pan;
  EXPECT_FALSE(compared(full(ours), full(theirs)).is_match);
  theirs.back().second = "ABCPK1234M";
  expect_match(compared(full(ours), full(theirs)));
}

TEST(Compare, TheSameNameAloneIsForSomebodyToLookAt) {
  for (const char* name :
       {"Ramesh Kumar", "Ramesh", "Infosys", "Zubeda Thangkhiew", "Ananthapadmanabhan Chidambaranathan Vaidyanathan"}) {
    const Comparison comparison = compared(party(name), party(name));
    expect_review(comparison);
    ASSERT_EQ(comparison.reasons.size(), 1U);
    EXPECT_EQ(comparison.reasons[0].field, "name");
    EXPECT_EQ(comparison.reasons[0].kind, "exact");
  }
}

TEST(Compare, ASpellingOfTheNameWithTheSameTelephoneIsAMatch) {
  const Party stored = party("Lakshmi Sharma", {{"phone", phone}});
  for (const char* name :
       {"Laxmi Sharma", "Sharma Lakshmi", "Smt. Lakshmi Sharmaa", "LAKSHMI SARMA", "Lakshmi Devi Sharma"}) {
    SCOPED_TRACE(name);
    expect_match(compared(party(name, {{"mobile no", "09812340567"}}), stored));
  }
}

TEST(Compare, AHouseholdIsNotOnePerson) {
  const auto member = [](const char* name, const Props& more) {
    Props props{{"mobile", phone}, {"email", "family@mail.example"}};
    props.insert(props.end(), more.begin(), more.end());
    return at_address(party(name, props), "12 MG Road, Indiranagar", "560038");
  };
  expect_other(compared(member("Ramesh Sharma", {}), member("Sunita Sharma", {})));
  expect_other(compared(member("Ramesh Kumar Sharma", {}), member("Ankit Kumar Sharma", {})));
  // One consonant may be a slip: somebody looks, unless a birth date or a PAN tells.
  EXPECT_FALSE(compared(member("Ramesh Sharma", {}), member("Rajesh Sharma", {})).is_match);
  expect_other(
      compared(member("Ramesh Sharma", {{"dob", "1980-05-12"}}), member("Rajesh Sharma", {{"dob", "1984-11-02"}})));
  expect_other(compared(member("Ramesh Sharma", {{"pan", pan}}), member("Rajesh Sharma", {{"pan", other_pan}})));
  expect_review(
      compared(member("Ramesh Sharma", {{"dob", "1980-05-12"}}), member("Rajesh Sharma", {{"dob", "1980-05-12"}})));
  expect_review(compared(member("Ramesh Kumar Verma", {}), member("Ramesh Singh Verma", {})));
  // Father and son of one name.
  EXPECT_FALSE(
      compared(member("Ramesh Sharma", {{"dob", "1950-01-07"}}), member("Ramesh Sharma", {{"dob", "1980-05-12"}}))
          .is_match);
  // Twins.
  expect_other(
      compared(member("Ram Sharma", {{"dob", "1980-05-12"}}), member("Lakshman Sharma", {{"dob", "1980-05-12"}})));
}

TEST(Compare, AnotherSurnameIsForSomebodyToLookAtUntilABirthDateAgrees) {
  const Props before{{"mobile", phone}, {"dob", "1990-02-03"}};
  const Party stored = at_address(party("Priya Sharma", before), "12 MG Road, Indiranagar", "560038");
  expect_review(compared(at_address(party("Priya Reddy", {before[0]}), "12 MG Road, Indiranagar", "560038"), stored));
  expect_match(compared(party("Priya Reddy", before), stored));
}

TEST(Compare, InitialsAndSlipsAreForSomebodyToLookAtUntilABirthDateAgrees) {
  const auto known = [](const char* name, const char* born) {
    return at_address(party(name, {{"mobile", phone}, {"dob", born}}), "12 MG Road, Indiranagar", "560038");
  };
  for (const char* name : {"R. Sharma", "Suesh Sharma", "Rawesh Sharma"}) {
    SCOPED_TRACE(name);
    const char* full = std::string_view(name).starts_with("Sue") ? "Suresh Sharma" : "Ramesh Sharma";
    expect_review(compared(known(name, ""), known(full, "1980-05-12")));
    expect_match(compared(known(name, "12/05/1980"), known(full, "1980-05-12")));
    expect_other(compared(known(name, "1991-03-04"), known(full, "1980-05-12")));
  }
}

TEST(Compare, AGstinAgreesWithThePanInIt) {
  const Comparison comparison =
      compared(party("", {{"GST No", "27AAPFU0939F1ZV"}}), party("Usha Traders", {{"pan", "AAPFU0939F"}}));
  expect_match(comparison);
  EXPECT_EQ(comparison.reasons[0].field, "props/pan");
}

TEST(Compare, ThePanSaysHowANameIsReadWhereNoTypeDoes) {
  const Props company{{"pan", "AAPCU0939F"}};
  const Comparison comparison =
      compared(party("Gupta Bros", company, ""), party("Gupta Brothers", company, "corporate"));
  EXPECT_EQ(reason_of(comparison, "name")->kind, "exact");
  EXPECT_NE(reason_of(compared(party("Gupta Bros", {}, ""), party("Gupta Brothers", {}, "individual")), "name")->kind,
            "exact");
}

TEST(Compare, AMaskedAadhaarNumberIsAWeakReason) {
  const Comparison comparison =
      compared(party("", {{"aadhaar", "XXXX XXXX 2346"}}), party("", {{"uid", "xxxx-xxxx-2346"}}));
  ASSERT_NE(reason_of(comparison, "props/uid"), nullptr);
  EXPECT_FALSE(comparison.is_match);
}

TEST(Compare, AnInvalidValueThatIsTheSameIsAWeakReason) {
  const Props published{{"pan_no", "123254684"}};
  const Comparison alone = compared(party("", published), party("Ramesh Sharma", published));
  const Reason* reason = reason_of(alone, "props/pan_no");
  ASSERT_NE(reason, nullptr);
  EXPECT_EQ(reason->kind, "exact");
  EXPECT_FALSE(alone.is_match);
  EXPECT_LT(reason->weight,
            reason_of(compared(party("", {{"pan", pan}}), party("", {{"pan", pan}})), "props/pan")->weight);
}

TEST(Compare, APlaceholderIsNoReason) {
  for (const Props& props :
       {Props{{"mobile", "9999999999"}}, Props{{"mobile", "0000000000"}}, Props{{"email", "na@na.com"}},
        Props{{"aadhaar", "999999999999"}}, Props{{"pan", "NOT AVAILABLE"}}, Props{{"dob", "01/01/1970"}},
        Props{{"pan", "0000000000"}}}) {
    SCOPED_TRACE(props[0].second);
    EXPECT_TRUE(compared(party("", props), party("", props)).reasons.empty());
    EXPECT_TRUE(lookups_of(party("", props)).empty());
  }
}

TEST(Compare, AnAccountAndAReferenceAreReasons) {
  const Party stored = with_account(party("Ramesh Sharma"), "HDFC0001234", "0050100123456");
  const Comparison comparison = compared(with_account(party("Sharma Ramesh"), "HDFC0001234", "50100123456"), stored);
  ASSERT_NE(reason_of(comparison, "banks/account_no"), nullptr);
  expect_match(comparison);

  Party one = party("");
  one.contact.ref_id = "CIF/1";
  one.contact.name_space.name = "Vayana";
  Party other = one;
  other.contact.name_space.id = "01ARYZ6S41TSV4RRFFQ69G5FAV";
  EXPECT_NE(reason_of(compared(one, other), "ref_id"), nullptr);
  other.contact.name_space.name = "Another";
  EXPECT_EQ(reason_of(compared(one, other), "ref_id"), nullptr);
}

TEST(Compare, ReasonsAreSortedByWeightAndAddUpToTheScore) {
  const Comparison comparison = compared(party("Laxmi Sharma", {{"mobile", phone}, {"dob", "12/05/1980"}}),
                                         party("Lakshmi Sharma", {{"phone", phone}, {"dob", "1980-05-13"}}));
  ASSERT_GE(comparison.reasons.size(), 3U);
  double sum = -4;
  for (std::size_t at = 0; at < comparison.reasons.size(); ++at) {
    EXPECT_LE(std::abs(comparison.reasons[at].weight), std::abs(comparison.reasons[at > 0 ? at - 1 : 0].weight));
    sum += comparison.reasons[at].weight;
  }
  EXPECT_NEAR(comparison.score, 1 / (1 + std::exp(-sum)), 0.01);
}

}  // namespace
}  // namespace contactd::dedupe
