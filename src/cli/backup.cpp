// `contactd backup`: a copy of the store, also while it is served.
#include <CLI/CLI.hpp>
#include <cstdio>

#include <sys/stat.h>

#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/settings.hpp"
#include "store/backup.hpp"

namespace contactd::cli {
namespace {

int back_up(const ServeSettings& settings, const std::string& file) {
  if (settings.data.empty()) throw CLI::RequiredError("--data");
  const store::SqliteOptions options = embedded_store(settings);
  ::umask(077);
  ProgressBar bar("Backup");
  const auto bytes = store::back_up(options, file, [&bar](std::size_t done, std::size_t of) { bar.show(done, of); });
  std::printf("%s holds %s as it was at the beginning: %ju bytes, read again without a finding\n", file.c_str(),
              options.path.c_str(), bytes);
  return 0;
}

}  // namespace

std::function<int()> add_backup(CLI::App& program) {
  auto* command = program.add_subcommand("backup", "Copy a store to a file, also while it is served");
  auto settings = std::make_shared<ServeSettings>();
  auto file = std::make_shared<std::string>();
  add_embedded_store_settings(*command, *settings);
  command->add_option("--to", *file, "The file, which must not exist yet")->required();
  return [settings, file] { return back_up(*settings, *file); };
}

}  // namespace contactd::cli
