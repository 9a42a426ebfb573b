// The plan is made on a connection that only reads, so that a refused store is left as it was.
#include "store/migrate.hpp"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "store/search_rebuild.hpp"

namespace contactd::store {

void refuse_unfinished_restore(const std::string& database_path) {
  if (std::filesystem::exists(database_path) || !std::filesystem::exists(restoring_path(database_path))) return;
  throw SchemaMismatch("a restore of " + database_path + " was interrupted; run it again, with --replace");
}

std::string restoring_path(const std::string& database_path) {
  return database_path + ".restoring";
}

bool is_there(const std::string& database_path) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(database_path, error);
  return error ? std::filesystem::exists(database_path) : bytes > 0;
}

void require_access(const std::string& database_path) {
  std::string folder = std::filesystem::path(database_path).parent_path().string();
  if (folder.empty()) folder = ".";
  for (const std::string& path : {database_path, folder}) {
    if (::access(path.c_str(), R_OK | W_OK) == 0) continue;
    throw std::system_error(errno, std::generic_category(), "cannot read and write " + path);
  }
}

SchemaPlan plan_migration(const SqliteOptions& options) {
  refuse_unfinished_restore(options.path);
  if (!is_there(options.path)) {
    return plan_new_schema(sqlite_schema_dialect(), contact_store_tables(), embedded_migrations());
  }
  require_access(options.path);
  SchemaPlan plan;
  try {
    plan = plan_schema(*open_sqlite_reader(options), contact_store_tables());
  } catch (const StoreError& error) {
    if (error.kind != StoreError::Kind::foreign) throw;
    plan.state = SchemaState::foreign;
  }
  refuse_stranger(plan, options.path);
  return plan;
}

void require_fitting_schema(const SqliteOptions& options, const std::string& migrate_command) {
  refuse_older(plan_migration(options), options.path, migrate_command);
}

SchemaPlan migrate(const SqliteOptions& options, FunctionRef<void(const SchemaStep&)> on_step,
                   const Progress& on_progress) {
  SchemaPlan plan = plan_migration(options);
  {
    SqliteOptions all_at_once = options;
    all_at_once.references_at_commit = true;
    run_plan(*open_sqlite_writer(all_at_once), plan, on_step);
  }
  prepare_search(*open_sqlite_writer(options), on_progress);
  return plan;
}

}  // namespace contactd::store
