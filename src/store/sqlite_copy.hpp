// A snapshot of an embedded store, copied while others write to it.
#pragma once

#include <cstdint>

#include "store/sqlite.hpp"

namespace contactd::store {

/// Hears how many parts of how many are done.
using PartsDone = FunctionRef<void(std::size_t done, std::size_t of)>;

/// Copies what the store holds at this moment, page by page, into the empty file `to`, which is also open as
/// `to_file`. The whole copy is made within one read transaction: so it never begins anew, however much is written
/// meanwhile, and a writer waits for nothing. The log cannot be reset until it ends, and grows by what is written.
/// Throws SchemaMismatch when there is no store of contactd, StoreError (`full`: no room for the copy).
void copy_snapshot(const SqliteOptions& from, const std::string& to, int to_file, PartsDone on_pages);

}  // namespace contactd::store
