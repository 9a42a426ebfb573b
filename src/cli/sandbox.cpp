// `contactd sandbox`: fills a tenant with believable contacts to try things on.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include <sys/stat.h>
#include <unistd.h>

#include "auth/issuer.hpp"
#include "cli/commands.hpp"
#include "cli/settings.hpp"
#include "sandbox/filler.hpp"

namespace contactd::cli {
namespace {

struct SandboxSettings {
  ServeSettings store;
  std::string tenant = "sandbox-lender";
  std::size_t contacts = sandbox::contacts_default;
};

/// A bar that grows on a terminal; elsewhere a line for each tenth.
class ProgressBar {
 public:
  void show(std::size_t done, std::size_t of) {
    const std::size_t percent = done * 100 / of;
    if (percent == shown_percent_) return;
    if (is_terminal_) {
      constexpr std::size_t width = 40;
      std::string bar(width, ' ');
      std::fill_n(bar.begin(), width * done / of, '#');
      std::fprintf(stderr, "\rSandbox [%s] %3zu %%%s", bar.c_str(), percent, done == of ? "\n" : "");
    } else if (percent / 10 != shown_percent_ / 10) {
      std::fprintf(stderr, "Sandbox %zu %%\n", percent / 10 * 10);
    }
    std::fflush(stderr);
    shown_percent_ = percent;
  }

 private:
  bool is_terminal_ = ::isatty(STDERR_FILENO) == 1;
  std::size_t shown_percent_ = 0;
};

int make_sandbox(const SandboxSettings& settings) {
  if (settings.store.data.empty()) throw CLI::RequiredError("--data");
  store::StoreSettings store_wishes = store_settings(settings.store);
  try {
    auth::issue_token({.tenant = settings.tenant, .user = sandbox::namespace_keeper, .scopes = auth::all_scopes()},
                      std::string(auth::KeySet::secret_bytes_min, 'x'), 0);
  } catch (const auth::SetupError& error) {
    throw CLI::ValidationError("--tenant", error.what());
  }
  ::umask(077);  // what is kept is nobody else's to read
  std::filesystem::create_directories(settings.store.data);
  store::Store store(std::move(store_wishes));
  const sandbox::Plan plan = sandbox::make_plan(settings.contacts);
  ProgressBar bar;
  const sandbox::Summary made = sandbox::fill(store, plan, {.tenant = settings.tenant},
                                              [&bar](std::size_t done, std::size_t of) { bar.show(done, of); });
  std::fprintf(stderr, "Sandbox of %s: %zu contacts, %zu of them new, by %zu new requests\n", settings.tenant.c_str(),
               plan.contacts.size(), made.contacts_made, made.requests_made);
  return 0;
}

}  // namespace

std::function<int()> add_sandbox(CLI::App& program) {
  constexpr std::size_t contacts_max = 9'000;  // as far as the references' digits go
  auto* command = program.add_subcommand("sandbox", "Fill a tenant with made-up contacts; what is there is left alone");
  auto settings = std::make_shared<SandboxSettings>();
  command->add_option("--data", settings->store.data, "Folder that holds the store")->envname("CONTACTD_DATA");
  command->add_option("--store", settings->store.store, "sqlite:PATH (default: contacts.db in the data folder)")
      ->envname("CONTACTD_STORE");
  command->add_option("--tenant", settings->tenant, "The tenant")->capture_default_str();
  command->add_option("--contacts", settings->contacts, "How many")
      ->capture_default_str()
      ->check(CLI::Range(std::size_t{3}, contacts_max));
  return [settings] { return make_sandbox(*settings); };
}

}  // namespace contactd::cli
