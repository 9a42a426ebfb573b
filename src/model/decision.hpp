// The bodies of the actions on a contact. Contract section 2, rows 28 to 31.
#pragma once

#include "resource/field.hpp"
#include "resource/rules.hpp"

namespace contactd::model {

/// The body of an action that takes nothing: absent or `{}`.
struct NoFields {};

/// Why a contact is rejected.
struct Rejection {
  std::optional<std::string> reason;
};

}  // namespace contactd::model

namespace contactd::resource {
template <>
inline constexpr auto description<model::NoFields> = describe<model::NoFields>(Names{.singular = "nothing"});

template <>
inline constexpr auto description<model::Rejection> = describe<model::Rejection>(
    Names{.singular = "rejection"},
    field("reason", &model::Rejection::reason, Sentence{1, 500}, "Why; shown in the contact's approval."));
}  // namespace contactd::resource
