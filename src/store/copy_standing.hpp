// What stands at a target before a copy begins: whether it is this one's, and how far it got.
#pragma once

#include "store/copy_ends.hpp"
#include "store/copy_state.hpp"

namespace contactd::store {

enum class CopyStanding {
  empty,     ///< No tenant, and no row of any.
  begun,     ///< The same copy, of the same source as it is now, and unfinished.
  whole,     ///< It has the source's secrets, and as many rows with the same keys and versions: a copy, or a backup.
  outdated,  ///< It has the source's secrets: a copy, or a backup; one of the two was written to since.
  other,     ///< Another copy, or of another source, and unfinished.
  taken,     ///< Contacts of its own.
};

/// Makes the schema of a target that has none. Throws StoreError, and what CopyTarget::prepare_schema throws.
CopyStanding standing_of(CopyTarget& target, const SourceState& source, const std::vector<CopiedTable>& tables);

}  // namespace contactd::store
