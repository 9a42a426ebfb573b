// Bringing an embedded store up to date, and refusing one that is not.
#pragma once

#include "store/rebuild.hpp"
#include "store/schema_plan.hpp"
#include "store/sqlite.hpp"

namespace contactd::store {

/// Where `restore` keeps what it has copied until the copy takes the store's place.
std::string restoring_path(const std::string& database_path);

/// Throws SchemaMismatch when a restore was interrupted: a store is never taken for a new one while what it was is on
/// its way somewhere else.
void refuse_unfinished_restore(const std::string& database_path);

/// Whether there is a store: a file, and one that is not empty.
bool is_there(const std::string& database_path);

/// Throws std::system_error when this process may not write the store and beside it: without that it cannot be read
/// while others write.
void require_access(const std::string& database_path);

/// Throws SchemaMismatch for a store that this version must not serve, with a line for the operator; changes nothing.
/// A store that does not exist is fine.
void require_fitting_schema(const SqliteOptions& options, const std::string& migrate_command);

/// How a store stands to this version, and what it lacks; changes nothing. Throws SchemaMismatch as `plan_schema` does,
/// and for a store of a later version or of somebody else.
SchemaPlan plan_migration(const SqliteOptions& options);

/// Brings the store up to date, or makes it; then makes anew what is derived from the rows by another version. The
/// caller holds the store's lock. Gives what was to be done. Throws as `plan_migration` does, and StoreError.
SchemaPlan migrate(const SqliteOptions& options, FunctionRef<void(const SchemaStep&)> on_step,
                   const Progress& on_progress);

}  // namespace contactd::store
