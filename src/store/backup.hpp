// Copies of an embedded store for the day when it is lost, and the way back.
#pragma once

#include "store/schema_plan.hpp"
#include "store/sqlite_copy.hpp"

namespace contactd::store {

/// Writes a copy of the store, as it is at this moment, to a new file that only its owner can read. May run while the
/// service writes. The file appears when it is whole, was read again without a finding, and is on the disk. Gives its
/// size in bytes. Throws std::runtime_error (or one derived from it) with a line for the operator: no store there, one
/// that `contactd copy` has not filled yet, the file exists, no room, no permission.
std::uintmax_t back_up(const SqliteOptions& options, const std::string& file, PartsDone on_pages);

struct Restored {
  std::string kept_as;    ///< Where the store went that was there; empty when there was none.
  bool is_older = false;  ///< The copy needs `migrate` before it can be served.
};

/// Makes the store anew from a copy that `back_up` wrote. A store that is there stays, under another name, when
/// `replace` says so, and is a reason to refuse otherwise; so is one that is in use. Nothing is changed before the copy
/// was written beside the store, was read again without a finding, and is on the disk. Throws std::runtime_error with a
/// line for the operator.
Restored restore(const std::string& file, const SqliteOptions& options, bool replace, PartsDone on_bytes);

}  // namespace contactd::store
