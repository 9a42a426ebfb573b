// The search tables of PostgreSQL at the start: filled anew when another version has made them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/rebuild.hpp"

namespace contactd::store {

/// The resources that `search` and dedupe look into.
std::vector<std::string> searched_tables();

/// A few words about the first search table that another version has made, if there is one.
std::optional<std::string> stale_search(Connection& connection);

/// Fills those from the rows, in the transaction that is open.
void make_search_anew(Connection& connection, const Progress& on_progress);

}  // namespace contactd::store
