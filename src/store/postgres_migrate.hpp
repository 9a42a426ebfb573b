// Bringing a PostgreSQL database up to date, by the role that owns the schema; refusing one that is not.
#pragma once

#include "store/rebuild.hpp"
#include "store/schema_plan.hpp"
#include "store/store_settings.hpp"

namespace contactd::store {

/// How the database stands to this version, and what it lacks, the rights of the role that serves among it; changes
/// nothing. Throws SchemaMismatch as `plan_schema` does, and for a database of a later version or with somebody else's
/// tables; std::runtime_error when it cannot be used.
SchemaPlan plan_migration(const PostgresSettings& settings);

/// Brings the database up to date, or makes a store in it, as the role of `owner_url`; alone: one that comes meanwhile
/// waits. What was done stays when a later step fails. Gives what was to be done. Throws as above.
SchemaPlan migrate(const PostgresSettings& settings, FunctionRef<void(const SchemaStep&)> on_step,
                   const Progress& on_progress);

/// Whether there is a store that the role of `options` could serve; changes nothing. Throws SchemaMismatch for one that
/// this version or that role must not serve, with the command to run where one helps; std::runtime_error when the
/// database cannot be used.
bool has_fitting_schema(const PostgresSettings& settings, const std::string& migrate_command);

/// Throws as above for a database that must not be served; changes nothing of a store that is there. Makes one in a
/// database without.
void require_fitting_schema(const PostgresSettings& settings, const std::string& migrate_command,
                            const Progress& on_progress);

}  // namespace contactd::store
