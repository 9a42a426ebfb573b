// The search tables at the start: made, and filled from the rows when they do not fit this version.
#pragma once

#include "store/rebuild.hpp"
#include "store/search_version.hpp"

namespace contactd::store {

/// Raise it when words are cut or joined in another way than before.
inline constexpr std::string_view cutting_version = "2";

/// By what the search table of that resource is made.
template <class T>
std::string search_version() {
  return search_version<T>(std::string(cutting_version));
}

/// Makes the search table of every searched resource. One that is missing, was not finished, was folded or cut by
/// another version, or holds other fields is filled anew. `on_progress` hears of it, now and then, when that takes
/// long.
void prepare_search(Connection& connection, const Progress& on_progress);

}  // namespace contactd::store
