// The table of spellings, after words that say nothing are taken off both ends.
#include "dedupe/prop_kinds.hpp"

#include <algorithm>
#include <array>

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
    Spelling{"elector", Kind::voter_id},
    Spelling{"electorphotoidentity", Kind::voter_id},
    Spelling{"email", Kind::email},
    Spelling{"emailaddress", Kind::email},
    Spelling{"epic", Kind::voter_id},
    Spelling{"fathername", Kind::father_name},
    Spelling{"fathersname", Kind::father_name},
    Spelling{"goodsandservicestax", Kind::gstin},
    Spelling{"gst", Kind::gstin},
    Spelling{"gstin", Kind::gstin},
    Spelling{"gstregistration", Kind::gstin},
    Spelling{"incorporationdate", Kind::birth_date},
    Spelling{"landline", Kind::phone},
    Spelling{"llpin", Kind::cin},
    Spelling{"mail", Kind::email},
    Spelling{"mob", Kind::phone},
    Spelling{"mobile", Kind::phone},
    Spelling{"mobilephone", Kind::phone},
    Spelling{"pan", Kind::pan},
    Spelling{"passport", Kind::passport},
    Spelling{"permanentaccount", Kind::pan},
    Spelling{"ph", Kind::phone},
    Spelling{"phone", Kind::phone},
    Spelling{"phonemobile", Kind::phone},
    Spelling{"tel", Kind::phone},
    Spelling{"telephone", Kind::phone},
    Spelling{"udyam", Kind::udyam},
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

}  // namespace

std::optional<Kind> kind_of_key(std::string_view key) {
  constexpr std::size_t known_bytes_max = 60;
  if (key.size() > known_bytes_max) return std::nullopt;
  const std::string whole = folded(key);
  std::string_view rest = whole;
  while (!rest.empty()) {
    if (const auto kind = in_table(rest)) return kind;
    if (rest == "contactid" || rest == "contactref" || !shorten(rest)) return std::nullopt;
  }
  return std::nullopt;
}

std::string_view name_of(Kind kind) {
  constexpr std::array<std::string_view, kind_count> names{"pan", "gstin", "aadhaar", "passport", "voter", "licence",
                                                           "cin", "udyam", "phone",   "email",    "born",  "father"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace contactd::dedupe
