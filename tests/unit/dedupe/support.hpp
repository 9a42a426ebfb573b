// Parties in a few words, for the tests of this room.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "dedupe/compare.hpp"
#include "dedupe/keys.hpp"

namespace contactd::dedupe {

using Props = std::vector<std::pair<std::string, std::string>>;

inline Party party(std::string name, const Props& props = {}, std::string type = "individual") {
  Party made;
  made.contact.name = std::move(name);
  made.contact.type = std::move(type);
  for (const auto& [key, value] : props) made.contact.props.push_back({"", key, value, "text"});
  return made;
}

inline Party at_address(Party made, std::string line, std::string pincode) {
  model::Address address;
  address.address_line = std::move(line);
  address.pincode = std::move(pincode);
  made.addresses.push_back(std::move(address));
  return made;
}

inline Party with_account(Party made, std::string ifsc, std::string number) {
  model::Bank bank;
  bank.ifsc = std::move(ifsc);
  bank.account_no = std::move(number);
  made.banks.push_back(std::move(bank));
  return made;
}

inline Comparison compared(const Party& candidate, const Party& stored) {
  return Comparer(candidate).compare(stored);
}

inline const Reason* reason_of(const Comparison& comparison, const std::string& field) {
  for (const Reason& reason : comparison.reasons) {
    if (reason.field == field) return &reason;
  }
  return nullptr;
}

/// Whether a look-up of the one finds a row of the other.
inline bool is_found(const Party& candidate, const Party& stored) {
  std::vector<std::string> keys = keys_of(stored.contact);
  for (const auto& bank : stored.banks) {
    for (auto& key : keys_of(bank)) keys.push_back(std::move(key));
  }
  for (const Lookup& lookup : lookups_of(candidate)) {
    for (const std::string& key : keys) {
      if (key == lookup.key) return true;
    }
  }
  return false;
}

}  // namespace contactd::dedupe
