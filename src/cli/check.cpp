// `contactd check`: whether a store agrees with itself; and the mending of what follows from its rows.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands.hpp"
#include "cli/settings.hpp"
#include "store/check_store.hpp"

namespace contactd::cli {
namespace {

constexpr int sound = 0, damaged = 1, not_checked = 2;

store::Findings printed_findings() {
  return store::Findings([](const std::string& line) { std::printf("%s\n", line.c_str()); });
}

/// On a terminal, so that somebody who waits sees that it gets on.
void show_progress(const std::string& what) {
  if (::isatty(STDERR_FILENO) == 1) std::fprintf(stderr, "%s …\n", what.c_str());
}

int conclude(const store::Findings& findings, const std::string& path) {
  if (findings.empty()) {
    std::printf("%s is sound\n", path.c_str());
    return sound;
  }
  return damaged;
}

int mend(const store::SqliteOptions& options) {
  ::umask(077);
  const store::StoreLock lock(options.path);
  store::Findings before = printed_findings();
  store::check_store(options, before, show_progress);
  if (before.empty()) return conclude(before, options.path);
  if (before.has(store::Part::file)) {
    std::fflush(stdout);
    std::fprintf(stderr, "contactd: the file itself is damaged, which cannot be mended; restore a backup\n");
    return damaged;
  }
  store::mend_store(options, before, show_progress);
  std::printf("what follows from the rows was made anew; what is still wrong:\n");
  store::Findings after = printed_findings();
  store::check_store(options, after, show_progress);
  return conclude(after, options.path);
}

int check(const ServeSettings& settings, bool repair) {
  if (settings.data.empty()) throw CLI::RequiredError("--data");
  const store::SqliteOptions options = embedded_store(settings);
  try {
    if (repair) {
      if (!std::filesystem::exists(options.path)) throw std::runtime_error("there is no store " + options.path);
      return mend(options);
    }
    store::Findings findings = printed_findings();
    store::check_store(options, findings, show_progress);
    return conclude(findings, options.path);
  } catch (const std::exception& error) {
    std::fflush(stdout);
    std::fprintf(stderr, "contactd: %s\n", error.what());
    return not_checked;
  }
}

}  // namespace

std::function<int()> add_check(CLI::App& program) {
  auto* command = program.add_subcommand("check", "Look for what is wrong with a store, also while it is served");
  auto settings = std::make_shared<ServeSettings>();
  auto repair = std::make_shared<bool>(false);
  add_embedded_store_settings(*command, *settings);
  command->add_flag("--repair", *repair, "Make anew what follows from the rows: counts, labels, search, indexes");
  return [settings, repair] { return check(*settings, *repair); };
}

}  // namespace contactd::cli
