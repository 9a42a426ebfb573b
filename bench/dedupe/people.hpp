// Made-up people and companies of India, in households that share surname, address and telephone.
#pragma once

#include <string>
#include <vector>

#include "dedupe/party.hpp"
#include "random.hpp"

namespace contactd::bench {

/// Everything that is true of one person or company; a record shows a part of it.
struct Somebody {
  bool is_company = false;
  bool is_female = false;
  std::string first;
  std::string middle;  ///< Empty for many.
  std::string last;    ///< A company's name is in `first`.
  std::string pan, aadhaar, voter_id, gstin, phone, email, birth_date, ifsc, account_no;
  std::string line, city, pincode;
};

/// How the fields of a record are chosen and written.
struct Style {
  int fullness = 100;  ///< Percent of the usual presence of fields.
  bool with_identifiers = true;
};

Somebody make_person(Random& random);
Somebody make_company(Random& random);
/// Another member: the same surname and address, mostly the same telephone, another first name.
Somebody make_relative(Random& random, const Somebody& of);
void move_house(Random& random, Somebody& who);
std::string make_phone(Random& random);
std::string make_pan(Random& random, char holder_kind);
std::string make_birth_date(Random& random);

std::string full_name(const Somebody& who);
/// A record of somebody: some of the fields, under keys and in spellings that vary.
dedupe::Party record_of(Random& random, const Somebody& who, const std::string& name, Style style);

}  // namespace contactd::bench
