// Identifiers of the right form, with right check digits, that belong to nobody.
//
// The sandbox must never show a real person's number. So each kind is taken from a range that, to our knowledge, is not
// given out, and can be told from real ones by the eye:
//   PAN          begins with ZZ, which the series has not reached; so does a voter id
//   mobile       begins with 50: no mobile series does (6 to 9), and no area code (51 to 59)
//   Aadhaar      is masked, as lenders keep it: only the last four digits
//   CIN          has a registration number from 900000 on
//   Udyam        has the district 00
//   bank, IFSC   banks that do not exist
//   e-mail       under .example (RFC 2606)
#pragma once

#include <string>
#include <string_view>

#include "sandbox/random.hpp"

namespace contactd::sandbox {

/// `holder_kind` is P for a person, C for a company, F for a firm; `name_letter` begins the surname or company's name.
std::string make_pan(Random& random, char holder_kind, char name_letter);
/// `state` is the two-digit code of the GST.
std::string make_gstin(std::string_view state, std::string_view pan);
/// `state` is its two letters.
std::string make_cin(Random& random, std::string_view state, std::size_t year);
std::string make_udyam(Random& random, std::string_view state);
std::string make_mobile(Random& random);
std::string make_masked_aadhaar(Random& random);
std::string make_voter_id(Random& random);
/// From the letters of the two words; either may be empty, not both.
std::string make_email(Random& random, std::string_view first, std::string_view last);

struct Account {
  std::string bank_name;
  std::string ifsc;
  std::string number;
};
Account make_account(Random& random);

}  // namespace contactd::sandbox
