// PostgreSQL at either end. A source is read in one transaction, whoever writes to it; a target is filled by the role
// that owns it.
#include <stdexcept>

#include "store/copy_ends.hpp"
#include "store/postgres_migrate.hpp"
#include "store/postgres_rebuild.hpp"
#include "store/postgres_schema.hpp"
#include "store/search_changes.hpp"

namespace contactd::store {
namespace {

/// A statement of a copy goes over many rows.
constexpr std::chrono::minutes silence_max{10};

std::unique_ptr<Connection> connect(PostgresOptions options, const std::string& url) {
  options.url = url;
  options.silence_max = silence_max;
  check_postgres_server(options);
  return make_postgres_connection(options);
}

std::string migrate_command(const CopyPlace& place) {
  return "contactd migrate --store '" + place.name + "'";
}

class PostgresSource final : public CopySource {
 public:
  explicit PostgresSource(const CopyPlace& place) {
    const SchemaPlan plan = plan_migration(*place.settings.postgres);
    if (plan.state == SchemaState::absent) throw std::runtime_error(place.name + " has no tables yet");
    refuse_older(plan, place.name, migrate_command(place));
    connection_ = connect(place.settings.postgres->options, place.settings.postgres->options.url);
  }
  Connection& connection() override { return *connection_; }
  bool may_change() const override { return true; }

 private:
  std::unique_ptr<Connection> connection_;
};

class PostgresTarget final : public CopyTarget {
 public:
  explicit PostgresTarget(const CopyPlace& place) : place_(place) {
    const PostgresSettings& settings = *place.settings.postgres;
    owner_ = connect(settings.options, settings.owner_url.empty() ? settings.options.url : settings.owner_url);
  }
  Connection& connection() override { return *owner_; }
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
      if (on_progress) on_progress(step.title);
    });
    // Until the server looks at the tables by itself, it would plan for empty ones.
    for (const TableShape& table : postgres_tables()) owner_->run("ANALYZE " + table.name);
    for (const std::string& table : searched_tables()) owner_->run("ANALYZE " + search_table(table));
  }

 private:
  const CopyPlace& place_;
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
