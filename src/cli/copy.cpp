// `contactd copy`: moves a whole store, from one engine to the other or to another store of the same.
#include "store/copy.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include <sys/stat.h>

#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/settings.hpp"

namespace contactd::cli {
namespace {

struct CopySettings {
  std::string from, to, owner_store;
  std::string prepared_statements = "on";
  std::int64_t rows_at_once = 5'000;
};

/// A name that is no file's is a folder's, unless it ends as that of the file in it does.
std::string embedded_path(const std::string& named) {
  const std::filesystem::path path(named);
  if (std::filesystem::is_regular_file(path) || path.extension() == ".db") return named;
  return (path / "contacts.db").string();
}

store::CopyPlace place_of(const CopySettings& settings, const std::string& option, const std::string& named) {
  constexpr std::string_view embedded = "sqlite:";
  store::CopyPlace place;
  if (store::is_postgres_url(named)) {
    place.settings.postgres.emplace();
    place.settings.postgres->options.url = named;
    place.settings.postgres->options.prepared_statements = settings.prepared_statements == "on";
    place.name = store::without_password(named);
  } else if (named.starts_with(embedded) && named.size() > embedded.size()) {
    place.settings.sqlite.path = embedded_path(named.substr(embedded.size()));
    place.name = place.settings.sqlite.path;
  } else {
    throw CLI::ValidationError(option, "must be sqlite:PATH or postgresql://…");
  }
  return place;
}

void print_rates(const store::Copied& copied) {
  const double seconds = std::max(copied.seconds, 0.001);
  std::fprintf(stderr, "Copy: %jd of %jd rows by this run in %.1f s, %.0f rows/s\n",
               static_cast<std::intmax_t>(copied.rows_now), static_cast<std::intmax_t>(copied.rows), copied.seconds,
               static_cast<double>(copied.rows_now) / seconds);
}

void print_summary(const store::CopyPlace& from, const store::CopyPlace& to, const store::Copied& copied) {
  for (const store::Copied::Table& table : copied.tables) {
    std::printf("%-20s %12jd\n", table.name.c_str(), static_cast<std::intmax_t>(table.rows));
  }
  std::printf("%s holds all that %s holds: %jd rows of %jd tenant%s; both were read again and found equal\n",
              to.name.c_str(), from.name.c_str(), static_cast<std::intmax_t>(copied.rows),
              static_cast<std::intmax_t>(copied.tenants), copied.tenants == 1 ? "" : "s");
}

int copy(const CopySettings& settings) {
  const store::CopyPlace from = place_of(settings, "--from", settings.from);
  store::CopyPlace to = place_of(settings, "--to", settings.to);
  if (!settings.owner_store.empty()) {
    if (!to.settings.postgres) throw CLI::ValidationError("--owner-store", "goes with --to postgresql://…");
    to.settings.postgres->owner_url = settings.owner_store;
  }
  ::umask(077);  // what is kept is nobody else's to read
  ProgressBar rows("Copy"), verified("Verify");
  store::CopyReport report;
  report.on_rows = [&](std::size_t done, std::size_t of) { rows.show(done, of); };
  report.on_verified = [&](std::size_t done, std::size_t of) { verified.show(done, of); };
  report.on_progress = [](const std::string& what) { std::fprintf(stderr, "Copy: %s\n", what.c_str()); };
  const store::Copied copied = store::copy_store(from, to, {.rows_at_once = settings.rows_at_once}, report);
  print_rates(copied);
  print_summary(from, to, copied);
  return 0;
}

}  // namespace

std::function<int()> add_copy(CLI::App& program) {
  constexpr std::int64_t rows_max = 100'000;
  auto* command = program.add_subcommand("copy", "Move a whole store to another one, of either engine");
  auto settings = std::make_shared<CopySettings>();
  const char* meaning = "sqlite:PATH (a file, or the folder of contacts.db), or postgresql://…";
  command->add_option("--from", settings->from, meaning)->required();
  command->add_option("--to", settings->to, meaning)->required();
  command->add_option(
      "--owner-store", settings->owner_store,
      "postgresql://… of the role that makes the schema of --to, where the one of --to does not own it");
  command
      ->add_option("--prepared-statements", settings->prepared_statements,
                   "off behind a pooler that gives each transaction another connection")
      ->check(CLI::IsMember({"on", "off"}))
      ->envname("CONTACTD_PREPARED_STATEMENTS");
  command->add_option("--rows-at-once", settings->rows_at_once, "Rows that share a transaction")
      ->capture_default_str()
      ->check(CLI::Range(std::int64_t{1}, rows_max));
  return [settings] { return copy(*settings); };
}

}  // namespace contactd::cli
