// The search tables of PostgreSQL: filled anew when another version has filled them.
#pragma once

#include <string>
#include <vector>

#include "store/rebuild.hpp"
#include "store/schema_plan.hpp"

namespace contactd::store {

/// The resources that `search` and dedupe look into.
std::vector<std::string> searched_tables();

/// A step for each search table that another version has filled. Whoever writes rows of its resource waits meanwhile.
std::vector<SchemaStep> search_steps(Connection& connection, const Progress& on_progress);

/// The statements by which the search tables of a store without rows are this version's.
std::vector<std::string> record_empty_search();

}  // namespace contactd::store
