// The search tables at the start: made, and filled from the rows when they do not fit this version.
#pragma once

#include "store/rebuild.hpp"

namespace contactd::store {

/// Makes the search table of every searched resource. One that is missing, was not finished, was folded or cut by
/// another version, or holds other fields is filled anew. `on_progress` hears of it, now and then, when that takes
/// long.
void prepare_search(Connection& connection, const Progress& on_progress);

}  // namespace contactd::store
