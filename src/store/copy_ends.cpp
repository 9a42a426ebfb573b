// The embedded store at either end: its lock keeps everybody else away while it is open.
#include "store/copy_ends.hpp"

#include <filesystem>

#include "store/migrate.hpp"
#include "store/search_rebuild.hpp"

namespace contactd::store {
namespace {

/// Throws SchemaMismatch for a store that is there and not of this version.
void require_current(const CopyPlace& place, bool may_be_unfinished) {
  const std::string& path = place.settings.sqlite.path;
  require_access(path);
  SchemaPlan plan;
  try {
    plan = plan_schema(*open_sqlite_reader(place.settings.sqlite), contact_store_tables());
  } catch (const StoreError& error) {
    if (error.kind != StoreError::Kind::foreign) throw;
    plan.state = SchemaState::foreign;
  }
  if (plan.state == SchemaState::unfinished && may_be_unfinished) return;
  refuse_stranger(plan, path);
  if (plan.state != SchemaState::older) return;
  const std::string folder = std::filesystem::path(path).parent_path().string();
  throw SchemaMismatch(path + " was made by an earlier version of contactd; run: contactd migrate --data " +
                       (folder.empty() ? "." : folder) + " --store sqlite:" + path);
}

class EmbeddedSource final : public CopySource {
 public:
  explicit EmbeddedSource(const CopyPlace& place) {
    const SqliteOptions& options = place.settings.sqlite;
    refuse_unfinished_restore(options.path);
    if (!is_there(options.path)) throw std::runtime_error("there is no store " + options.path);
    lock_ = std::make_unique<StoreLock>(options.path);
    require_current(place, false);
    connection_ = open_sqlite_reader(options);
  }
  Connection& connection() override { return *connection_; }
  bool may_change() const override { return false; }

 private:
  std::unique_ptr<StoreLock> lock_;
  std::unique_ptr<Connection> connection_;
};

class EmbeddedTarget final : public CopyTarget {
 public:
  explicit EmbeddedTarget(const CopyPlace& place) {
    const SqliteOptions& options = place.settings.sqlite;
    refuse_unfinished_restore(options.path);
    const auto folder = std::filesystem::path(options.path).parent_path();
    if (!folder.empty()) std::filesystem::create_directories(folder);
    lock_ = std::make_unique<StoreLock>(options.path);
    if (is_there(options.path)) require_current(place, true);
    connection_ = open_sqlite_writer(options);
  }
  Connection& connection() override { return *connection_; }
  void require_alone() override {}  // nothing takes the lock from a process
  void wait_for_earlier_run() override {}
  void lift_wall(const std::string&) override {}
  void prepare_schema() override { store::prepare_schema(*connection_, contact_store_tables()); }
  void note_tenants() override {}  // SQLite gives one more than the greatest
  void finish(const Progress& on_progress) override { prepare_search(*connection_, on_progress); }

 private:
  std::unique_ptr<StoreLock> lock_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace

std::unique_ptr<CopySource> open_copy_source(const CopyPlace& place) {
  if (place.settings.postgres) return open_postgres_source(place);
  return std::make_unique<EmbeddedSource>(place);
}

std::unique_ptr<CopyTarget> open_copy_target(const CopyPlace& place) {
  if (place.settings.postgres) return open_postgres_target(place);
  return std::make_unique<EmbeddedTarget>(place);
}

}  // namespace contactd::store
