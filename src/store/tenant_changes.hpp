// A number of each tenant that moves with every commit, kept in the database, where all nodes see it.
#pragma once

#include <string>

#include "store/schema.hpp"
#include "store/session.hpp"

namespace contactd::store {

/// For engines with other writers: a number in parts, as exact counts are (`Dialect::counts_have_shards`).
TableShape tenant_changes_shape();

/// Of the session's snapshot: while it is the same on this thread, an answer that was made from one snapshot is what
/// another would give. Only for short reads where the store is not embedded.
std::uint64_t change_number(Session& session);

/// Which of the tenant's writes the session's snapshot has: where two servers give the same text, what is read of the
/// tenant is the same on both. Only where the primary tells its timeline (`Session::timeline`).
std::string seen_writes(Session& session);

/// Moves the number with this write's commit. Called last: what it locks, others of this part wait for.
void note_change(WriteSession& session);

}  // namespace contactd::store
