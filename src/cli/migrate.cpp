// `contactd migrate`: brings a store up to date, before traffic.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include <sys/stat.h>

#include "cli/commands.hpp"
#include "cli/settings.hpp"
#include "store/migrate.hpp"
#include "store/postgres_migrate.hpp"

namespace contactd::cli {
namespace {

/// The statements, with a line of comment before those that share a transaction.
int print_plan(const store::SchemaPlan& plan) {
  for (const store::SchemaStep& step : plan.steps) {
    std::printf("-- %s\n", step.title.c_str());
    for (const std::string& statement : step.statements) std::printf("%s;\n", statement.c_str());
  }
  if (plan.steps.empty()) std::printf("-- the store is up to date\n");
  return 0;
}

constexpr auto print_title = [](const store::SchemaStep& step) {
  std::printf("%s\n", step.title.c_str());
  std::fflush(stdout);  // what is under way is seen
};

void print_progress(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
}

int print_outcome(const std::string& store, const store::SchemaPlan& plan) {
  std::printf("%s %s\n", store.c_str(),
              plan.state == store::SchemaState::current ? "was up to date already" : "is up to date");
  return 0;
}

int migrate_embedded(const ServeSettings& settings, const store::SqliteOptions& options, bool is_dry_run) {
  if (is_dry_run) return print_plan(store::plan_migration(options));
  ::umask(077);  // what is kept is nobody else's to read
  std::filesystem::create_directories(settings.data);
  const store::StoreLock lock(options.path);
  return print_outcome(options.path, store::migrate(options, print_title, print_progress));
}

int migrate(const ServeSettings& settings, bool is_dry_run) {
  store::StoreSettings store = store_settings(settings);
  if (!store.postgres) {
    if (settings.data.empty()) throw CLI::RequiredError("--data");
    return migrate_embedded(settings, store.sqlite, is_dry_run);
  }
  store.postgres->options.prepared_statements = false;  // there may be a pooler, and each runs once
  if (is_dry_run) return print_plan(store::plan_migration(*store.postgres));
  return print_outcome("the database", store::migrate(*store.postgres, print_title, print_progress));
}

}  // namespace

std::function<int()> add_migrate(CLI::App& program) {
  auto* command = program.add_subcommand("migrate", "Bring a store up to date with this version, before serving");
  auto settings = std::make_shared<ServeSettings>();
  auto is_dry_run = std::make_shared<bool>(false);
  add_store_settings(*command, *settings);
  command->add_flag("--dry-run", *is_dry_run, "Print the statements that would run, and change nothing");
  return [settings, is_dry_run] { return migrate(*settings, *is_dry_run); };
}

}  // namespace contactd::cli
