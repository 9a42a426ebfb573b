// Indian identifiers: each function gives the one canonical spelling of a valid value, or nothing. Blanks, hyphens,
// dots, slashes and the case of letters do not matter.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace contactd::dedupe {

/// Permanent account number: five letters, the fourth one a known kind of holder, a serial that is not 0000, a letter.
std::optional<std::string> normalised_pan(std::string_view text);
/// The fourth letter of a PAN: P a person, C a company, F a firm, H a family, T a trust, and so on.
inline char holder_kind(std::string_view pan) {
  return pan[3];
}

/// Goods and services tax number: state, PAN, registration, Z, check character.
std::optional<std::string> normalised_gstin(std::string_view text);
/// The PAN in a normalised GSTIN.
inline std::string_view pan_of_gstin(std::string_view gstin) {
  return gstin.substr(2, 10);
}

/// Twelve digits with Verhoeff's check digit, not beginning with 0 or 1, and no palindrome.
std::optional<std::string> normalised_aadhaar(std::string_view text);
/// Elector's photo identity card: three letters, seven digits of which the last is Luhn's check digit.
std::optional<std::string> normalised_voter_id(std::string_view text);
std::optional<std::string> normalised_passport(std::string_view text);
/// State, office, year of issue, seven digits.
std::optional<std::string> normalised_driving_licence(std::string_view text);
/// Company's identification number, or a partnership's (LLPIN).
std::optional<std::string> normalised_cin(std::string_view text);
std::optional<std::string> normalised_udyam(std::string_view text);
std::optional<std::string> normalised_ifsc(std::string_view text);
std::optional<std::string> normalised_pincode(std::string_view text);

/// A value that has this form (as in has_form), whatever its check digit; not the digits of nobody, all of them equal.
std::optional<std::string> if_of_form(std::string_view text, std::string_view form);

/// Whether a value says nothing: one character repeated, "NA", "none", "test" and the like. What counts up or down is
/// compared: sample numbers are what everybody tries first.
bool is_placeholder(std::string_view folded_text);

}  // namespace contactd::dedupe
