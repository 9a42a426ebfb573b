// Searching with a table of tokens: PostgreSQL's strategy.
#pragma once

#include "store/session.hpp"

namespace contactd::store {

/// The functions that look into a search table and give ids, and nothing else of it (`postgres_schema.cpp`).
inline std::string found_function(const std::string& table) {
  return table + "_found";
}
inline std::string bearers_function(const std::string& table) {
  return table + "_bearers";
}

/// `SearchStrategy::count`.
std::int64_t count_with_grams(Session& session, const ListQuery& query, const std::string& table);
/// `SearchStrategy::ids`.
std::vector<std::string> ids_with_grams(Session& session, const ListQuery& query, const std::string& table);
/// `SearchStrategy::contacts_with_keys`.
std::vector<std::string> contacts_with_tokens(Session& session, const KeyLookups& asked);
/// Writes what is to be found of a row (`indexed_text`).
void write_text(Session& session, const std::string& table, const std::string& id, const std::string& text);
/// `SearchStrategy::keep`: writes the row's tokens and words.
void keep_text(WriteSession& session, SearchedText text);

}  // namespace contactd::store
