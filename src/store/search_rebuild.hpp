// The search tables at the start: made, and filled from the rows when they do not fit this version.
#pragma once

#include "store/rebuild.hpp"
#include "store/search.hpp"

namespace contactd::store {

/// Raise it when words are cut or joined in another way than before.
inline constexpr std::string_view cutting_version = "2";

/// What the search table of that resource is to be made by.
template <class T>
std::string search_version() {
  std::string version =
      std::string(cutting_version) + " " + std::string(folding_version()) + " " + searched_fields<T>();
  if (has_dedupe_keys<T>) version += " keys " + std::to_string(dedupe::normaliser_version);
  return version;
}

/// Makes the search table of every searched resource. One that is missing, was not finished, was folded or cut by
/// another version, or holds other fields is filled anew. `on_progress` hears of it, now and then, when that takes
/// long.
void prepare_search(Connection& connection, const Progress& on_progress);

}  // namespace contactd::store
