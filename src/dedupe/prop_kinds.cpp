// The table of spellings, after words that say nothing are taken off both ends.
#include "dedupe/prop_kinds.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "dedupe/text.hpp"

namespace contactd::dedupe {
namespace {

struct Spelling {
  std::string_view folded;
  Kind kind;
};

constexpr std::array spellings{
    Spelling{"aadhaar", Kind::aadhaar},
    Spelling{"aadhaaruid", Kind::aadhaar},
    Spelling{"aadhar", Kind::aadhaar},
    Spelling{"aadharuid", Kind::aadhaar},
    Spelling{"adhaar", Kind::aadhaar},
    Spelling{"adhar", Kind::aadhaar},
    Spelling{"birthdate", Kind::birth_date},
    Spelling{"birthday", Kind::birth_date},
    Spelling{"cell", Kind::phone},
    Spelling{"cellphone", Kind::phone},
    Spelling{"cin", Kind::cin},
    Spelling{"companyidentificationno", Kind::cin},
    Spelling{"companyidentificationnumber", Kind::cin},
    Spelling{"contact", Kind::phone},
    Spelling{"contactmobile", Kind::phone},
    Spelling{"contactno", Kind::phone},
    Spelling{"contactnumber", Kind::phone},
    Spelling{"contactphone", Kind::phone},
    Spelling{"corporateidentification", Kind::cin},
    Spelling{"corporateidentity", Kind::cin},
    Spelling{"datebirth", Kind::birth_date},
    Spelling{"dateincorporation", Kind::birth_date},
    Spelling{"dateofbirth", Kind::birth_date},
    Spelling{"dateofincorporation", Kind::birth_date},
    Spelling{"dl", Kind::driving_licence},
    Spelling{"dob", Kind::birth_date},
    Spelling{"doi", Kind::birth_date},
    Spelling{"driverlicence", Kind::driving_licence},
    Spelling{"driverlicense", Kind::driving_licence},
    Spelling{"driverslicence", Kind::driving_licence},
    Spelling{"driverslicense", Kind::driving_licence},
    Spelling{"driving", Kind::driving_licence},
    Spelling{"drivinglicence", Kind::driving_licence},
    Spelling{"drivinglicense", Kind::driving_licence},
    Spelling{"election", Kind::voter_id},
    Spelling{"elector", Kind::voter_id},
    Spelling{"electoral", Kind::voter_id},
    Spelling{"electoralphotoidentity", Kind::voter_id},
    Spelling{"electorphotoidentity", Kind::voter_id},
    Spelling{"electorsphotoidentity", Kind::voter_id},
    Spelling{"email", Kind::email},
    Spelling{"emailaddress", Kind::email},
    Spelling{"emailid", Kind::email},
    Spelling{"epic", Kind::voter_id},
    Spelling{"fathername", Kind::father_name},
    Spelling{"fathersname", Kind::father_name},
    Spelling{"goodsandservicestax", Kind::gstin},
    Spelling{"goodsservices", Kind::gstin},
    Spelling{"gst", Kind::gstin},
    Spelling{"gstin", Kind::gstin},
    Spelling{"gstregistration", Kind::gstin},
    Spelling{"incometaxpan", Kind::pan},
    Spelling{"incorporationdate", Kind::birth_date},
    Spelling{"landline", Kind::phone},
    Spelling{"llpin", Kind::cin},
    Spelling{"mail", Kind::email},
    Spelling{"mob", Kind::phone},
    Spelling{"mobile", Kind::phone},
    Spelling{"mobilephone", Kind::phone},
    Spelling{"mobilewhatsapp", Kind::phone},
    Spelling{"msme", Kind::udyam},
    Spelling{"msmeudyam", Kind::udyam},
    Spelling{"pan", Kind::pan},
    Spelling{"pantan", Kind::pan},
    Spelling{"passport", Kind::passport},
    Spelling{"permanentaccount", Kind::pan},
    Spelling{"permanentaccountpan", Kind::pan},
    Spelling{"ph", Kind::phone},
    Spelling{"phone", Kind::phone},
    Spelling{"phonemobile", Kind::phone},
    Spelling{"phonewhatsapp", Kind::phone},
    Spelling{"tel", Kind::phone},
    Spelling{"telephone", Kind::phone},
    Spelling{"telephonemobile", Kind::phone},
    Spelling{"udyam", Kind::udyam},
    Spelling{"udyammsme", Kind::udyam},
    Spelling{"udyamregistration", Kind::udyam},
    Spelling{"uid", Kind::aadhaar},
    Spelling{"uidai", Kind::aadhaar},
    Spelling{"voter", Kind::voter_id},
    Spelling{"voters", Kind::voter_id},
    Spelling{"whatsapp", Kind::phone},
};
static_assert(std::is_sorted(spellings.begin(), spellings.end(),
                             [](const Spelling& a, const Spelling& b) { return a.folded < b.folded; }));

constexpr std::array<std::string_view, 10> empty_ends{"number", "numbers", "no",  "nos",     "num",
                                                      "id",     "card",    "ref", "details", "reference"};
constexpr std::array<std::string_view, 17> empty_beginnings{
    "primary",   "secondary",   "alternate", "alternative", "alt",    "registered",
    "personal",  "customer",    "applicant", "work",        "office", "home",
    "residence", "residential", "official",  "company",     "my"};

constexpr std::array<std::string_view, 63> fillers{
    "no",          "nos",      "number",    "numbers",     "num",        "numb",         "nr",
    "card",        "cards",    "id",        "ids",         "identity",   "code",         "self",
    "own",         "personal", "primary",   "secondary",   "main",       "home",         "house",
    "office",      "work",     "residence", "residential", "official",   "alternate",    "alternative",
    "alternat",    "alt",      "my",        "his",         "her",        "their",        "the",
    "of",          "for",      "a",         "an",          "and",        "applicant",    "customer",
    "client",      "borrower", "party",     "company",     "individual", "income",       "tax",
    "tan",         "it",       "reg",       "regn",        "regd",       "registration", "registered",
    "certificate", "detail",   "details",   "ref",         "reference",  "value",        "s"};

/// Other people whose identifiers stand among a party's properties.
constexpr std::array<std::string_view, 37> others{
    "director",  "father",      "mother",     "parent",      "spouse",     "husband",  "wife",      "nominee",
    "guarantor", "coapplicant", "coborrower", "partner",     "proprietor", "promoter", "signatory", "brother",
    "sister",    "son",         "daughter",   "child",       "guardian",   "witness",  "agent",     "dealer",
    "employer",  "introducer",  "referee",    "referrer",    "relative",   "kin",      "emergency", "dependent",
    "surety",    "trustee",     "karta",      "beneficiary", "owner"};

template <std::size_t size>
bool is_one_of(std::string_view word, const std::array<std::string_view, size>& all) {
  return std::find(all.begin(), all.end(), word) != all.end();
}

std::optional<Kind> in_table(std::string_view folded_key) {
  const auto found = std::lower_bound(spellings.begin(), spellings.end(), folded_key,
                                      [](const Spelling& one, std::string_view key) { return one.folded < key; });
  if (found == spellings.end() || found->folded != folded_key) return std::nullopt;
  return found->kind;
}

/// Takes one word that says nothing off an end; false when there is none.
bool shorten(std::string_view& key) {
  if (is_digit(key.back())) {
    key.remove_suffix(1);
    return true;
  }
  for (const std::string_view beginning : empty_beginnings) {
    if (key.size() > beginning.size() && key.starts_with(beginning)) {
      key.remove_prefix(beginning.size());
      return true;
    }
  }
  for (const std::string_view end : empty_ends) {
    if (key.size() > end.size() && key.ends_with(end)) {
      key.remove_suffix(end.size());
      return true;
    }
  }
  return false;
}

/// With words that say nothing taken off both ends, in any case whether they were separated or not.
std::optional<Kind> kind_of(std::string_view rest) {
  while (!rest.empty()) {
    if (const auto kind = in_table(rest)) return kind;
    if (rest == "contactid" || rest == "contactref" || !shorten(rest)) return std::nullopt;
  }
  return std::nullopt;
}

/// In lower case; a capital after a small letter begins a word, and digits are none.
std::vector<std::string> words_of(std::string_view key) {
  std::vector<std::string> words;
  char before = ' ';
  for (const char c : key) {
    const bool begins = !is_letter(before) || (is_upper(c) && !is_upper(before));
    if (is_letter(c)) {
      if (begins) words.emplace_back();
      words.back() += to_lower(c);
    }
    before = c;
  }
  return words;
}

/// Whose it is, if not this party's. A reference is a person only where it comes first: "Aadhaar reference" is none.
bool names_another(const std::vector<std::string>& words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    std::string_view word = words[at];
    if (word.size() > 3 && word.ends_with('s')) word.remove_suffix(1);
    if (is_one_of(word, others)) return true;
    if (word == "reference" && (at == 0 || words[at - 1] == "of")) return true;
    if ((word == "co" || word == "joint") && at + 1 < words.size()) return true;
  }
  return false;
}

/// Every word that says nothing is left out, wherever it stands: "phone no. (home)", "IT PAN", "PAN of applicant".
std::optional<Kind> kind_by_words(std::string_view key) {
  const std::vector<std::string> words = words_of(key);
  if (names_another(words)) return std::nullopt;
  std::string rest;
  for (const std::string& word : words) {
    if (!is_one_of(word, fillers)) rest += word;
  }
  if (rest == "contact" && words.size() > 1) {
    const bool is_number = std::find_if(words.begin(), words.end(), [](const std::string& word) {
                             return word == "no" || word == "number" || word == "nos" || word == "num";
                           }) != words.end();
    if (!is_number) return std::nullopt;
  }
  return kind_of(rest);
}

}  // namespace

std::optional<Kind> kind_of_key(std::string_view key) {
  constexpr std::size_t known_bytes_max = 100;
  if (key.size() > known_bytes_max) return std::nullopt;
  const std::string whole = folded(key);
  if (const auto kind = kind_of(whole)) return kind;
  if (whole == "contactid" || whole == "contactref") return std::nullopt;
  return kind_by_words(key);
}

std::string_view name_of(Kind kind) {
  constexpr std::array<std::string_view, kind_count> names{"pan", "gstin", "aadhaar", "passport", "voter", "licence",
                                                           "cin", "udyam", "phone",   "email",    "born",  "father"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace contactd::dedupe
