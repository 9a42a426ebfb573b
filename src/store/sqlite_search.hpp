// Searching with FTS5: the embedded engine's strategy.
#pragma once

#include "store/session.hpp"

namespace contactd::store {

/// `SearchStrategy::count`.
std::int64_t count_matches(Session& session, const ListQuery& query, const std::string& table);
/// `SearchStrategy::ids`.
std::vector<std::string> ids_of_matches(Session& session, const ListQuery& query, const std::string& table);
/// `SearchStrategy::contacts_with_keys`.
std::vector<std::string> contacts_of_matches(Session& session, const KeyLookups& asked);
/// `SearchStrategy::keep`: notes the change, which is written with those of the whole group (`SearchChanges`).
void note_text(WriteSession& session, SearchedText text);

}  // namespace contactd::store
