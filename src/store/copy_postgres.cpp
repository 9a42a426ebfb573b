// PostgreSQL at either end. A source is read in one transaction, whoever writes to it; a target is filled by the role
// that owns it, under a lock of its own.
#include <stdexcept>
#include <thread>

#include "store/copy_ends.hpp"
#include "store/postgres_lock.hpp"
#include "store/postgres_migrate.hpp"
#include "store/postgres_rebuild.hpp"
#include "store/postgres_schema.hpp"
#include "store/search_changes.hpp"

namespace contactd::store {
namespace {

/// A statement of a copy goes over many rows.
constexpr std::chrono::minutes silence_max{10};
/// So soon a server has noticed that a copy was killed.
constexpr std::chrono::seconds notice_max{15};
constexpr std::chrono::milliseconds lock_interval{100};

PostgresOptions patient(PostgresOptions options) {
  options.silence_max = silence_max;
  return options;
}

void begin_patient_read(Connection& connection) {
  connection.begin_read();
  take_time_for_transaction(connection);
}

PostgresOptions checked_owner_options(const PostgresSettings& settings) {
  PostgresOptions options = patient(settings.options);
  const bool has_owner = !settings.owner_url.empty();
  if (has_owner) options.url = settings.owner_url;
  try {
    check_postgres_server(options);
  } catch (const std::runtime_error& error) {
    throw std::runtime_error((has_owner ? "--owner-store: " : "") + std::string(error.what()));
  }
  return options;
}

std::string migrate_command(const CopyPlace& place) {
  return "contactd migrate --store '" + place.name + "' --owner-store URL";
}

class PostgresSource final : public CopySource {
 public:
  explicit PostgresSource(const CopyPlace& place) {
    const PostgresSettings& settings = *place.settings.postgres;
    if (!has_fitting_schema(settings, migrate_command(place))) {
      throw std::runtime_error(place.name + " has no tables yet");
    }
    connection_ = make_postgres_connection(patient(settings.options));
  }
  Connection& connection() override { return *connection_; }
  void begin_read() override { begin_patient_read(*connection_); }
  bool may_change() const override { return true; }

 private:
  std::unique_ptr<Connection> connection_;
};

class PostgresTarget final : public CopyTarget {
 public:
  explicit PostgresTarget(const CopyPlace& place)
      : place_(place),
        options_(checked_owner_options(*place.settings.postgres)),
        lock_(options_, PostgresLockFor::copying),
        owner_(make_postgres_connection(options_)) {
    const auto give_up_at = std::chrono::steady_clock::now() + notice_max;
    while (!lock_.try_to_take()) {
      if (std::chrono::steady_clock::now() >= give_up_at) {
        throw std::runtime_error(place.name + ": another copy into this database is on its way; wait for its end");
      }
      std::this_thread::sleep_for(lock_interval);
    }
  }
  Connection& connection() override { return *owner_; }
  bool is_store_of(Connection& source) override {
    return source.dialect().has_other_writers && is_same(source, *make_postgres_connection(options_));
  }
  void require_one_store() override {
    if (is_same(*make_postgres_connection(place_.settings.postgres->options), *owner_)) return;
    throw std::runtime_error(place_.name +
                             " and --owner-store lead to different databases, or to different schemas of one");
  }
  void begin_read() override { begin_patient_read(*owner_); }
  void require_alone() override { lock_.require(); }
  void wait_for_earlier_run() override { take_for_transaction(*owner_, PostgresLockFor::writing_copy); }
  void hold_tenants() override { owner_->run("LOCK TABLE tenants IN SHARE ROW EXCLUSIVE MODE"); }
  void lift_wall(const std::string& table) override {
    owner_->run("ALTER TABLE " + table + " NO FORCE ROW LEVEL SECURITY");  // which the owner is then free of
  }
  void prepare_schema() override {
    require_fitting_schema(*place_.settings.postgres, migrate_command(place_), nullptr);
  }

  void note_tenants() override {
    owner_->run("SELECT setval(pg_get_serial_sequence('tenants', 'tenant_id'), (SELECT MAX(tenant_id) FROM tenants))");
  }
  void finish(const Progress& on_progress) override {
    SchemaPlan plan;
    plan.steps = search_steps(*owner_, on_progress);
    run_plan(*owner_, plan, [&](const SchemaStep& step) {
      require_alone();
      if (on_progress) on_progress(step.title);
    });
    analyse();
  }

 private:
  /// Whether the two lead to one store. The lock is held in the database that `owner` leads to.
  bool is_same(Connection& other, Connection& owner) {
    constexpr std::string_view schema = "SELECT current_schema()";
    return lock_.is_seen_by(other) && text_of(other, schema) == text_of(owner, schema);
  }

  /// Until the server looks at the tables by itself, it would plan for empty ones.
  void analyse() {
    owner_->begin_write();
    take_time_for_transaction(*owner_);
    for (const TableShape& table : postgres_tables()) owner_->run("ANALYZE " + table.name);
    for (const std::string& table : searched_tables()) owner_->run("ANALYZE " + search_table(table));
    owner_->commit();
  }

  const CopyPlace& place_;
  const PostgresOptions options_;
  PostgresLock lock_;
  std::unique_ptr<Connection> owner_;
};

}  // namespace

std::unique_ptr<CopySource> open_postgres_source(const CopyPlace& place) {
  return std::make_unique<PostgresSource>(place);
}

std::unique_ptr<CopyTarget> open_postgres_target(const CopyPlace& place) {
  return std::make_unique<PostgresTarget>(place);
}

}  // namespace contactd::store
