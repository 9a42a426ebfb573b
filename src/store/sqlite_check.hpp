// What SQLite itself finds wrong with a file.
#pragma once

#include "store/sqlite.hpp"

namespace contactd::store {

/// Pages, trees and indexes that contradict each other, at most so many; empty when the file is sound. Reads all of it.
/// Throws StoreError, also when the damage keeps it from looking.
std::vector<std::string> damage_of_file(Connection& connection, std::size_t findings_max);

/// Rows that refer to rows that are not there, at most so many. Throws StoreError.
std::vector<std::string> broken_references(Connection& connection, std::size_t findings_max);

}  // namespace contactd::store
