// Forms and check digits of Indian identifiers.
#include "dedupe/identifiers.hpp"

#include <algorithm>
#include <array>

#include "dedupe/check_digits.hpp"
#include "dedupe/text.hpp"

namespace contactd::dedupe {
namespace {

template <std::size_t size>
bool is_one_of(std::string_view text, const std::array<std::string_view, size>& all) {
  return std::find(all.begin(), all.end(), text) != all.end();
}

std::optional<std::string> if_valid(std::string&& text, bool valid) {
  if (!valid) return std::nullopt;
  return std::move(text);
}

bool is_pan(std::string_view text) {
  constexpr std::string_view holder_kinds = "ABCFGHJKLPT";
  return has_form(text, "AAAAA9999A") && holder_kinds.find(text[3]) != std::string_view::npos &&
         text.substr(5, 4) != "0000";
}

/// Codes of states and territories as the GST has them: 01 to 38, and 97 for other territory.
bool is_gst_state(std::string_view code) {
  return code == "97" || (code >= "01" && code <= "38");
}

/// Codes of states and territories in numbers of vehicles, licences, companies and Udyam, past ones included.
constexpr std::array<std::string_view, 47> state_letters{
    "AN", "AP", "AR", "AS", "BH", "BR", "CG", "CH", "CT", "DD", "DL", "DN", "GA", "GJ", "GO", "HP",
    "HR", "JH", "JK", "KA", "KL", "KR", "LA", "LD", "LH", "MH", "ML", "MN", "MP", "MZ", "NL", "OD",
    "OR", "PB", "PN", "PY", "RJ", "SK", "TG", "TN", "TR", "TS", "TZ", "UA", "UK", "UP", "WB"};
constexpr std::array<std::string_view, 2> more_state_letters{"UR", "UT"};
constexpr std::array<std::string_view, 13> company_classes{"FLC", "FTC", "GAP", "GAT", "GOI", "NPL", "OPC",
                                                           "PLC", "PTC", "SGC", "ULL", "ULT", "UNC"};

bool is_state(std::string_view letters) {
  return is_one_of(letters, state_letters) || is_one_of(letters, more_state_letters);
}

bool is_year(std::string_view digits, std::string_view first) {
  return digits >= first && digits <= "2099";
}

}  // namespace

std::optional<std::string> normalised_pan(std::string_view text) {
  std::string number = compacted(text);
  const bool valid = is_pan(number);
  return if_valid(std::move(number), valid);
}

std::optional<std::string> normalised_gstin(std::string_view text) {
  std::string number = compacted(text);
  const bool valid = has_form(number, "99AAAAA9999AXZX") && is_gst_state(std::string_view(number).substr(0, 2)) &&
                     is_pan(std::string_view(number).substr(2, 10)) && number[12] != '0' &&
                     has_luhn_check_character(number, 36);
  return if_valid(std::move(number), valid);
}

std::optional<std::string> normalised_aadhaar(std::string_view text) {
  std::string number = compacted(text);
  const bool valid = has_form(number, "999999999999") && number[0] >= '2' &&
                     !std::equal(number.begin(), number.end(), number.rbegin()) && has_verhoeff_check_digit(number);
  return if_valid(std::move(number), valid);
}

std::optional<std::string> normalised_voter_id(std::string_view text) {
  std::string number = compacted(text);
  const bool valid = has_form(number, "AAA9999999") &&
                     has_luhn_check_character(std::string_view(number).substr(3), 10) &&
                     number.find_first_not_of('0', 3) != std::string::npos;
  return if_valid(std::move(number), valid);
}

std::optional<std::string> normalised_passport(std::string_view text) {
  std::string number = compacted(text);
  const bool valid = has_form(number, "A9999999") && number[1] != '0' && number.back() != '0' &&
                     !is_placeholder(std::string_view(number).substr(1));
  return if_valid(std::move(number), valid);
}

std::optional<std::string> normalised_driving_licence(std::string_view text) {
  std::string number = compacted(text);
  const bool valid = has_form(number, "AA9999999999999") && is_state(std::string_view(number).substr(0, 2)) &&
                     is_year(std::string_view(number).substr(4, 4), "1950") &&
                     number.find_first_not_of('0', 8) != std::string::npos;
  return if_valid(std::move(number), valid);
}

std::optional<std::string> normalised_cin(std::string_view text) {
  std::string number = compacted(text);
  const std::string_view view = number;
  const bool company = has_form(number, "A99999AA9999AAA999999") && (number[0] == 'L' || number[0] == 'U') &&
                       is_state(view.substr(6, 2)) && is_year(view.substr(8, 4), "1850") &&
                       is_one_of(view.substr(12, 3), company_classes);
  const bool partnership = has_form(number, "AAA9999");
  return if_valid(std::move(number), company || partnership);
}

std::optional<std::string> normalised_udyam(std::string_view text) {
  std::string number = compacted(text);
  if (has_form(number, "AA999999999")) number.insert(0, "UDYAM");
  const bool valid = number.starts_with("UDYAM") && has_form(std::string_view(number).substr(5), "AA999999999") &&
                     is_state(std::string_view(number).substr(5, 2)) &&
                     number.find_first_not_of('0', 9) != std::string::npos;
  return if_valid(std::move(number), valid);
}

std::optional<std::string> normalised_ifsc(std::string_view text) {
  std::string number = compacted(text);
  const bool valid = has_form(number, "AAAA0XXXXXX");
  return if_valid(std::move(number), valid);
}

std::optional<std::string> normalised_pincode(std::string_view text) {
  std::string number = compacted(text);
  const bool valid = has_form(number, "999999") && number[0] != '0' && !is_placeholder(number);
  return if_valid(std::move(number), valid);
}

std::optional<std::string> if_of_form(std::string_view text, std::string_view form) {
  std::string number = compacted(text);
  const std::size_t digit = number.find_first_of("0123456789");
  // A PAN of equal digits keeps its letters, and two of them differ.
  const bool empty =
      digit != std::string::npos && form != "AAAAA9999A" && !form.starts_with("99A") &&
      std::all_of(number.begin(), number.end(), [&](char c) { return !is_digit(c) || c == number[digit]; });
  const bool fits = has_form(number, form) && !empty;
  return if_valid(std::move(number), fits);
}

bool is_placeholder(std::string_view folded_text) {
  constexpr std::array<std::string_view, 16> words{"na",   "nil",     "none",    "null",       "no",  "notavailable",
                                                   "test", "unknown", "dummy",   "abc",        "xyz", "notapplicable",
                                                   "nill", "pending", "awaited", "tobeupdated"};
  if (folded_text.empty() || is_one_of(folded_text, words)) return true;
  return folded_text.find_first_not_of(folded_text[0]) == std::string_view::npos;
}

}  // namespace contactd::dedupe
