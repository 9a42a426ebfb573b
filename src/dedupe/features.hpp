// A party made ready for comparing: every value normalised once.
#pragma once

#include <string>
#include <vector>

#include "dedupe/address_text.hpp"
#include "dedupe/name.hpp"
#include "dedupe/party.hpp"
#include "dedupe/prop_kinds.hpp"

namespace contactd::dedupe {

/// An identifier, a telephone number, an e-mail address or a birth date.
struct Value {
  Kind kind;
  bool is_valid = true;  ///< Of the right form. Else `text` is what was sent, folded: it says a little when equal.
  std::string text;
  std::size_t prop = 0;     ///< Its place among the contact's properties.
  bool is_checked = true;   ///< And its check digit, state and the like are right too.
  bool is_derived = false;  ///< The PAN in a GSTIN, which says nothing where a PAN itself is known.
};

struct Account {
  std::string number;  ///< Letters raised, as it is kept.
  std::string ifsc;    ///< Valid, or empty.
};

struct Features {
  std::string type;
  std::string name_space;  ///< Id and name, whichever is known.
  std::string name_space_name;
  std::string ref_id;
  Name name;
  Name father_name;
  std::size_t father_prop = 0;
  std::vector<Value> values;
  std::vector<AddressText> addresses;
  std::vector<Account> accounts;
};

/// Beyond so many telephones (e-mail addresses, birth dates) the rest is passed over: every pair is compared.
/// Identifiers have no such limit but that of the properties: none may be crowded out.
inline constexpr std::size_t contact_points_max = 20;
inline constexpr std::size_t children_max = 100;  ///< Addresses, and accounts.

constexpr bool is_identifier(Kind kind) {
  return kind < Kind::phone;
}

/// The contact's part of it.
Features features_of(const model::Contact& contact);
Features features_of(const Party& party);
/// Nothing when the number is a placeholder.
std::vector<Account> accounts_of(const std::vector<model::Bank>& banks);

}  // namespace contactd::dedupe
