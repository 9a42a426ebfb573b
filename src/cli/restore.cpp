// `contactd restore`: makes a store of a backup.
#include <CLI/CLI.hpp>
#include <cstdio>

#include <sys/stat.h>

#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/settings.hpp"
#include "store/backup.hpp"

namespace contactd::cli {
namespace {

struct RestoreSettings {
  ServeSettings store;
  std::string from;
  bool replace = false;
};

int restore(const RestoreSettings& settings) {
  if (settings.store.data.empty()) throw CLI::RequiredError("--data");
  const store::SqliteOptions options = embedded_store(settings.store);
  ::umask(077);  // what is kept is nobody else's to read
  ProgressBar bar("Restore");
  const store::Restored restored = store::restore(settings.from, options, settings.replace,
                                                  [&bar](std::size_t done, std::size_t of) { bar.show(done, of); });
  std::printf("%s is as %s says, and was read again without a finding\n", options.path.c_str(), settings.from.c_str());
  if (!restored.kept_as.empty()) std::printf("what was there is kept as %s\n", restored.kept_as.c_str());
  if (restored.is_older) {
    std::printf("it was made by an earlier version of contactd; run: %s\n",
                store_settings(settings.store).migrate_command.c_str());
  }
  return 0;
}

}  // namespace

std::function<int()> add_restore(CLI::App& program) {
  auto* command = program.add_subcommand("restore", "Make a store of a backup");
  auto settings = std::make_shared<RestoreSettings>();
  add_embedded_store_settings(*command, settings->store);
  command->add_option("--from", settings->from, "The backup")->required();
  command->add_flag("--replace", settings->replace, "Keep the store that is there under another name");
  return [settings] { return restore(*settings); };
}

}  // namespace contactd::cli
