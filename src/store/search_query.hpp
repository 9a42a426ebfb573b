// The rows that a search finds: how many, and the ids of a page.
#pragma once

#include <string>
#include <vector>

#include "store/session.hpp"

namespace contactd::store {

/// How many rows of the table contain all words of the query and pass its filters.
inline std::int64_t count_found(Session& session, const ListQuery& query, const std::string& table) {
  return session.dialect().search.count(session, query, table);
}

/// The ids of the query's page of them, in its order.
inline std::vector<std::string> ids_found(Session& session, const ListQuery& query, const std::string& table) {
  return session.dialect().search.ids(session, query, table);
}

}  // namespace contactd::store
