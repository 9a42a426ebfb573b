// What a dedupe request asks: a described party or a stored one, and how to answer. Contract section 4.
#pragma once

#include <optional>

#include "api/call.hpp"
#include "api/dedupe.hpp"
#include "dedupe/party.hpp"

namespace contactd::api {

struct DedupeRequest {
  dedupe::Party party;                    ///< What was described; empty when `contact_id` is given.
  std::optional<std::string> contact_id;  ///< Of a stored contact.
  bool narrows_namespace = false;         ///< To `party.contact.name_space`, still to be looked up.
  bool narrows_type = false;              ///< To `party.contact.type`.
  double threshold = threshold_default;
  std::int64_t limit = duplicates_default;
};

/// Reads the body; what is wrong with it is added to the violations. References are not looked up.
DedupeRequest read_dedupe_request(resource::JsonValue body, Violations& violations);

}  // namespace contactd::api
