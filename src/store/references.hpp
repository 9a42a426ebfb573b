// Drawing the next reference of a namespace: never one that is taken, in bounded time however many are.
#pragma once

#include <optional>
#include <string>

#include "store/session.hpp"

namespace contactd::store {

/// The next `ref_id` for a contact of that namespace; nothing when the namespace has no pattern. Moves its counter and
/// its version. Throws Problem `reference_too_long`.
std::optional<std::string> draw_contact_reference(WriteSession& session, const std::string& namespace_id, Time now);

/// The next account reference of that namespace, kept so that it is never drawn again. Throws Problem `no_pattern` or
/// `reference_too_long`.
std::string draw_account_reference(WriteSession& session, const std::string& namespace_id, Time now);

/// A number from `first` to `last` that is not taken, the smallest or nearly so, after at most about a thousand
/// questions: some in a row, then growing leaps and back to the border between taken and free, then chance. Numbers may
/// be left out. Nothing when none was found free.
std::optional<std::int64_t> next_free_number(std::int64_t first, std::int64_t last,
                                             FunctionRef<bool(std::int64_t)> is_taken);

}  // namespace contactd::store
