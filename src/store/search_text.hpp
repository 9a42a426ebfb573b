// A row's text as the tokenizer of the search tables gets it.
#pragma once

#include "store/sql.hpp"

namespace contactd::store {

/// The tenant's mark stands before the words (sqlite_trigrams.hpp).
inline std::string marked_text(std::int64_t place, const std::string& text) {
  return std::to_string(place >> place_bits) + '\n' + text;
}

}  // namespace contactd::store
