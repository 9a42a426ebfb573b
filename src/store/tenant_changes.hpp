// A mark of each tenant that changes with every commit, kept in the database, where all nodes see it.
#pragma once

#include <string>

#include "store/schema.hpp"
#include "store/session.hpp"

namespace contactd::store {

/// For engines with other writers: in parts, as exact counts are (`Dialect::counts_have_shards`).
TableShape tenant_changes_shape();

/// Of the session's snapshot: while it is the same, an answer that was made from one snapshot is what another would
/// give. Only where the store is not embedded.
std::uint64_t change_number(Session& session);

/// SQL, two columns: the system and the database in it, which are the same on a primary and its standbys.
inline constexpr std::string_view database_identity =
    "(SELECT system_identifier FROM pg_control_system()), (SELECT oid FROM pg_database WHERE datname = "
    "current_database())";

/// Which of the tenant's writes a session's snapshot has.
struct SeenWrites {
  std::string text;         ///< Where two servers give the same, what is read of the tenant is the same on both.
  bool is_standby = false;  ///< The server follows another one.
};
/// Throws StoreError, also where the role may not ask.
SeenWrites seen_writes(Session& session);

/// Changes the mark with this write's commit. Called last: what it locks, others of this part wait for.
void note_change(WriteSession& session);

}  // namespace contactd::store
