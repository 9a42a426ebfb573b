// Made-up people and companies of India: who they are, where they live, and what a lender's file says of them.
#pragma once

#include <string>
#include <string_view>

#include "dedupe/party.hpp"
#include "sandbox/identifiers.hpp"

namespace contactd::sandbox {

struct City {
  std::string_view name;
  std::string_view state;
  std::string_view gst_code;
  std::string_view letters;
  std::string_view pincode_start;  ///< The first four of six digits.
};

struct Home {
  const City* city = nullptr;
  std::string line;
  std::string pincode;
};

/// Everything that is true of a person or a company; a record shows a part of it.
struct Somebody {
  bool is_company = false;
  bool is_woman = false;
  std::string first;  ///< Of a company: its name without the form.
  std::string middle;
  std::string last;  ///< Of a company: its form, such as Private Limited.
  std::size_t year = 0;
  std::string born;  ///< Or incorporated: 1986-04-17.
  std::string pan, gstin, cin, udyam, mobile, email, masked_aadhaar, voter_id;
  std::string occupation;
  std::size_t monthly_income = 0;
  Home home;
  Account account;

  std::string name() const;
};

/// A region's names and towns go together; a family keeps its region.
std::size_t region_count();
Somebody make_person(Random& random, std::size_t region, bool is_woman, std::size_t year);
Somebody make_company(Random& random, std::size_t region);
Home make_home(Random& random, std::size_t region);
std::string make_surname(Random& random, std::size_t region);
/// Takes on the surname, and with it all that depends on it.
void rename_family(Random& random, Somebody& who, const std::string& surname);
/// Day and month by chance.
std::string make_date(Random& random, std::size_t year);

/// The same name as another clerk would have heard it: Lakshmi for Laxmi, an initial, the surname first.
std::string other_spelling(Random& random, const Somebody& who);
std::string surname_first(const Somebody& who);

/// What the file says: every property that this one has, an address, and a bank account when `with_account`.
dedupe::Party record_of(Random& random, const Somebody& who, bool with_account);

}  // namespace contactd::sandbox
