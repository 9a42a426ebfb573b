// What the sandbox is made of: valid identifiers of nobody, the same at every run, doubles that can be found.
#include "sandbox/plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "../dedupe/support.hpp"
#include "dedupe/contact_points.hpp"
#include "dedupe/identifiers.hpp"

namespace contactd::sandbox {
namespace {

using testing::Each;
using testing::Gt;
using testing::Pair;

const Plan& plan() {
  static const Plan made = make_plan(contacts_default);
  return made;
}

std::string prop(const PlannedContact& contact, const std::string& key) {
  for (const model::Prop& one : contact.record.contact.props) {
    if (one.key == key) return one.value;
  }
  return {};
}

bool is_company(const PlannedContact& contact) {
  return contact.record.contact.type == "corporate";
}

/// Who it really is: doubles of doubles are the same one, too.
std::size_t original_of(std::size_t index) {
  while (plan().contacts[index].twin != Twin::none) index = plan().contacts[index].twin_of;
  return index;
}

std::string text_of(const Step& step) {
  return step.mark + " " + step.user + " " + step.method + " " + step.path + " " + step.body + " " +
         std::to_string(step.other.value_or(0));
}

/// Everything that is asked for one contact; relations to those beyond `contacts` left out.
std::vector<std::string> texts_of(const PlannedContact& contact, std::size_t contacts) {
  std::vector<std::string> texts{text_of(contact.create)};
  for (const Step& step : contact.steps) texts.push_back(text_of(step));
  for (const Step& step : contact.relations) {
    if (step.other.value_or(0) < contacts) texts.push_back(text_of(step));
  }
  return texts;
}

TEST(Sandbox, IsTheSameAtEveryRun) {
  const Plan again = make_plan(contacts_default);
  ASSERT_EQ(again.contacts.size(), contacts_default);
  for (std::size_t i = 0; i < contacts_default; ++i) {
    EXPECT_EQ(texts_of(again.contacts[i], contacts_default), texts_of(plan().contacts[i], contacts_default)) << i;
  }
}

TEST(Sandbox, ASmallerOneIsTheBeginningOfALargerOne) {
  for (const std::size_t contacts : {3U, 4U, 57U, 399U}) {
    const Plan smaller = make_plan(contacts);
    ASSERT_EQ(smaller.contacts.size(), contacts);
    for (std::size_t i = 0; i < contacts; ++i) {
      EXPECT_EQ(texts_of(smaller.contacts[i], contacts), texts_of(plan().contacts[i], contacts)) << i;
    }
  }
}

/// The identifiers of one contact, each counted under its kind.
void check_identifiers(const PlannedContact& contact, std::map<std::string, int>& seen) {
  const auto valid = [&](const char* key, const auto& normalised) {
    const std::string value = prop(contact, key);
    if (value.empty()) return std::string{};
    ++seen[key];
    const auto found = normalised(value);
    EXPECT_TRUE(found) << key << " " << value;
    return found.value_or("");
  };
  const std::string pan = valid("pan_no", dedupe::normalised_pan);
  if (!pan.empty()) {
    EXPECT_EQ(pan.substr(0, 2), "ZZ");
    EXPECT_EQ(dedupe::holder_kind(pan) == 'P', !is_company(contact)) << pan;
  }
  if (const std::string gstin = valid("gstin", dedupe::normalised_gstin); !gstin.empty()) {
    EXPECT_EQ(dedupe::pan_of_gstin(gstin), pan);
  }
  const std::string cin = valid("cin", dedupe::normalised_cin);
  EXPECT_EQ(cin.empty(), !is_company(contact) || dedupe::holder_kind(pan) == 'F');
  EXPECT_TRUE(cin.empty() || cin[15] == '9') << cin;
  valid("udyam", dedupe::normalised_udyam);
  const std::string voter_id = valid("voter_id", dedupe::normalised_voter_id);
  EXPECT_TRUE(voter_id.empty() || voter_id.starts_with("ZZ"));
  valid("aadhaar_ref", [](const std::string& text) {
    const bool masked = text.starts_with("XXXX-XXXX-") && text.size() == 14 && !dedupe::normalised_aadhaar(text);
    return masked ? std::optional<std::string>(text) : std::nullopt;
  });
  EXPECT_TRUE(valid("mobile", dedupe::normalised_phone).starts_with("+9150"));
  const std::string email = valid("email", dedupe::normalised_email);
  EXPECT_TRUE(email.empty() || email.ends_with(".example")) << email;
  for (const model::Bank& bank : contact.record.banks) {
    ++seen["ifsc"];
    EXPECT_TRUE(dedupe::normalised_ifsc(bank.ifsc) && bank.ifsc.starts_with("Z")) << bank.ifsc;
  }
  for (const model::Address& address : contact.record.addresses) {
    ++seen["pincode"];
    EXPECT_TRUE(dedupe::normalised_pincode(*address.pincode)) << *address.pincode;
  }
}

TEST(Sandbox, IdentifiersAreValidAndNobodys) {
  std::map<std::string, int> seen;
  for (const PlannedContact& contact : plan().contacts) check_identifiers(contact, seen);
  EXPECT_EQ(seen.size(), 10U);
  EXPECT_THAT(seen, Each(Pair(testing::_, Gt(20))));
}

TEST(Sandbox, ThePanBearsTheInitialOfTheSurname) {
  int people = 0;
  for (const PlannedContact& contact : plan().contacts) {
    const bool has_own_name = contact.twin == Twin::none && contact.record.contact.name.find(' ') != std::string::npos;
    const std::string pan = prop(contact, "pan_no");
    if (!has_own_name || is_company(contact) || pan.empty()) continue;
    const std::string& name = contact.record.contact.name;
    people += name[name.rfind(' ') + 1] == pan[4] ? 1 : 0;
    EXPECT_EQ(name[name.rfind(' ') + 1], pan[4]) << name;
  }
  EXPECT_GT(people, 150);
}

TEST(Sandbox, OnlyDoublesShareAPanAndOnlyHouseholdsATelephone) {
  std::map<std::string, std::set<std::size_t>> owners, households;
  for (std::size_t i = 0; i < plan().contacts.size(); ++i) {
    const PlannedContact& contact = plan().contacts[i];
    if (const std::string pan = prop(contact, "pan_no"); !pan.empty()) owners[pan].insert(original_of(i));
    households[prop(contact, "mobile")].insert(contact.household);
  }
  for (const auto& [pan, who] : owners) EXPECT_EQ(who.size(), 1U) << pan;
  for (const auto& [mobile, which] : households) EXPECT_EQ(which.size(), 1U) << mobile;
  EXPECT_LT(households.size(), plan().contacts.size() - 40) << "many share one";
}

TEST(Sandbox, DoublesAreFoundAndRelativesAreNot) {
  std::map<Twin, int> found, matches;
  for (std::size_t i = 0; i < plan().contacts.size(); ++i) {
    const PlannedContact& contact = plan().contacts[i];
    const dedupe::Comparer comparer(contact.record);
    for (std::size_t j = 0; j < i; ++j) {
      const PlannedContact& other = plan().contacts[j];
      if (other.household != contact.household) continue;
      const dedupe::Comparison comparison = comparer.compare(other.record);
      if (original_of(i) != original_of(j)) {
        EXPECT_FALSE(comparison.is_match) << contact.record.contact.name << ", " << other.record.contact.name;
      } else if (contact.twin_of == j) {
        EXPECT_TRUE(dedupe::is_found(contact.record, other.record)) << contact.record.contact.name;
        EXPECT_GE(comparison.score, 0.5) << contact.record.contact.name << ", " << other.record.contact.name;
        ++found[contact.twin];
        if (comparison.is_match) ++matches[contact.twin];
      }
    }
  }
  for (const Twin kind : {Twin::spelling, Twin::same_pan, Twin::moved_house}) {
    EXPECT_GT(found[kind], 5) << static_cast<int>(kind);
    EXPECT_GE(matches[kind] * 10, found[kind] * 9) << static_cast<int>(kind);
  }
}

TEST(Sandbox, CheckersDecideAndMakersDoNot) {
  const std::vector<std::string> deciding = checkers(), making = makers();
  const auto is_in = [](const std::vector<std::string>& all, const std::string& user) {
    return std::find(all.begin(), all.end(), user) != all.end();
  };
  std::map<std::string, int> decisions;
  for (const PlannedContact& contact : plan().contacts) {
    EXPECT_TRUE(is_in(making, contact.create.user));
    std::set<std::string> marks{contact.create.mark};
    for (const Step& step : contact.steps) {
      EXPECT_TRUE(marks.insert(step.mark).second) << step.mark << " twice";
      const bool decides = step.path.ends_with("/approve/") || step.path.ends_with("/reject/");
      EXPECT_TRUE(is_in(decides ? deciding : making, step.user)) << step.path << " by " << step.user;
      if (decides) ++decisions[step.path];
    }
  }
  EXPECT_EQ(decisions.size(), 2U);
  EXPECT_THAT(decisions, Each(Pair(testing::_, Gt(30))));
}

}  // namespace
}  // namespace contactd::sandbox
