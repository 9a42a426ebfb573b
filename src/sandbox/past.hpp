// What was done to a contact since it was created: addresses and accounts added, mistakes corrected, decisions made.
#pragma once

#include "sandbox/people.hpp"
#include "sandbox/plan.hpp"

namespace contactd::sandbox {

/// Where a contact stands in the end.
enum class Outcome : unsigned char { pending, approved, rejected, changed_after_approval, accepted_later, closed };

Outcome make_outcome(Random& random);

/// Appends the steps. `contact.create` has its user already; `who` is the one it is about.
void add_past(Random& random, PlannedContact& contact, const Somebody& who, Outcome outcome);

}  // namespace contactd::sandbox
