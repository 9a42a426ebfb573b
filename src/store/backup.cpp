// Writing the copy, and looking at it before it gets its name.
#include "store/backup.hpp"

#include <filesystem>

#include "store/durable_file.hpp"
#include "store/migrate.hpp"
#include "store/schema.hpp"
#include "store/sqlite_check.hpp"

namespace contactd::store {

std::uintmax_t back_up(const SqliteOptions& options, const std::string& file, PartsDone on_pages) {
  if (!is_there(options.path)) throw std::runtime_error("there is no store " + options.path);
  require_access(options.path);
  if (std::filesystem::exists(std::filesystem::symlink_status(file))) {
    throw std::runtime_error(file + " exists already; a backup replaces nothing");
  }
  DurableFile made(file, ".partial");
  try {
    copy_snapshot(options, made.temporary_path(), made.file(), on_pages);
    made.sync();
    const auto copy = open_sqlite_reader({.path = made.temporary_path(), .is_sealed = true});
    const std::vector<std::string> damage = damage_of_file(*copy, 1);
    if (!damage.empty()) {
      throw StoreError(StoreError::Kind::damaged, damage.front());
    }
    const SchemaPlan plan = plan_schema(*copy, contact_store_tables());
    if (plan.state == SchemaState::unfinished) refuse_stranger(plan, options.path);
  } catch (const StoreError& error) {
    const std::string what = error.what();
    switch (error.kind) {
      case StoreError::Kind::full:
        throw std::runtime_error("there is no room for " + file + "; nothing was left there");
      case StoreError::Kind::foreign:
        throw SchemaMismatch(options.path + " is not a store of contactd");
      case StoreError::Kind::damaged:
        throw std::runtime_error("the store is damaged, so that no backup of it is any good (" + what +
                                 "); run: contactd check");
      default:
        throw std::runtime_error("cannot back up " + options.path + ": " + what);
    }
  }
  made.publish();
  return std::filesystem::file_size(file);
}

}  // namespace contactd::store
