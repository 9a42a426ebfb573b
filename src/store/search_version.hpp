// By what a search table was made: it is made anew when any of that is another.
#pragma once

#include "store/search.hpp"

namespace contactd::store {

/// `cutting` says how words are cut into what the table holds.
template <class T>
std::string search_version(const std::string& cutting) {
  std::string version = cutting + " " + std::string(folding_version()) + " " + searched_fields<T>();
  if (has_dedupe_keys<T>) version += " keys " + std::to_string(dedupe::normaliser_version);
  return version;
}

}  // namespace contactd::store
