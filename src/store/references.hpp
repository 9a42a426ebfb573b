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

/// The smallest-or-so number from `first` on that is not taken, after at most a few hundred questions: some in a row,
/// then in growing leaps, then back to the border between taken and free. Nothing when no number up to `last` was found
/// free. Numbers may be left out.
std::optional<std::int64_t> next_free_number(std::int64_t first, std::int64_t last,
                                             FunctionRef<bool(std::int64_t)> is_taken);

}  // namespace contactd::store
