// What is compared: a contact with its addresses and banks, stored or only described in a request.
#pragma once

#include <vector>

#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/contact.hpp"

namespace contactd::dedupe {

/// A party as far as it can be told apart. Anything may be missing: the contact's id, name and type may be empty.
struct Party {
  model::Contact contact;
  std::vector<model::Address> addresses;
  std::vector<model::Bank> banks;
};

}  // namespace contactd::dedupe
