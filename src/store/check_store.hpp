// Looking for what is wrong with a store, and making anew what follows from its rows.
#pragma once

#include "store/findings.hpp"
#include "store/rebuild.hpp"
#include "store/sqlite.hpp"

namespace contactd::store {

/// Reads all of the store within one snapshot, beside a service that writes to it or without one, and tells the
/// findings what contradicts what. `on_progress` hears what is being looked at. Memory does not grow with the store.
/// While it runs, the log grows by what is written. Throws std::runtime_error when the store could not be checked:
/// there is none, it is not of this version, it cannot be read.
void check_store(const SqliteOptions& options, Findings& findings, const Progress& on_progress);

/// Makes anew what the findings say is wrong and what follows from rows: counts, labels, search tables, indexes; each
/// in transactions of its own. The caller holds the store's lock. Throws std::runtime_error, and changes nothing, when
/// the file itself is damaged.
void mend_store(const SqliteOptions& options, const Findings& findings, const Progress& on_progress);

}  // namespace contactd::store
