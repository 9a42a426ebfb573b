// Bodies, made from the descriptions of what they describe: a new field is in them by itself.
#pragma once

#include <string>

#include "api/operation.hpp"
#include "memory.hpp"

namespace contactd::differential {

/// A body for an operation that takes one: mostly a good one. Throws std::logic_error for one that nothing is known of.
std::string body_for(const api::Operation& operation, Dice& dice, Memory& memory);

/// The name of a namespace, as bodies and filters have it.
std::string namespace_name(Dice& dice);
/// The key of a property.
std::string prop_key(Dice& dice);
/// A tag.
std::string tag(Dice& dice);
/// A reference that somebody may have.
std::string reference(Dice& dice);

}  // namespace contactd::differential
