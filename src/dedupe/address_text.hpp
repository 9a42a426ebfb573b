// Addresses, as far as two of them can be held against each other.
#pragma once

#include <string>
#include <vector>

#include "model/address.hpp"

namespace contactd::dedupe {

struct AddressText {
  std::vector<std::string>
      words;            ///< Of the address line: lower case, short forms spelt out, without "no", "near", "opp".
  std::string pincode;  ///< Valid, or empty.
  std::string city;     ///< Folded.
};

AddressText parsed_address(const model::Address& address);

/// How much of two address lines is the same, 0 to 1; a number of house or plot counts more than a word. -1 if one has
/// no line.
double line_similarity(const AddressText& a, const AddressText& b);

}  // namespace contactd::dedupe
