// `contactd sandbox`: fills a tenant with believable contacts to try things on.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include <sys/stat.h>

#include "auth/issuer.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/settings.hpp"
#include "sandbox/filler.hpp"

namespace contactd::cli {
namespace {

struct SandboxSettings {
  ServeSettings store;
  std::string tenant = "sandbox-lender";
  std::size_t contacts = sandbox::contacts_default;
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
  ProgressBar bar("Sandbox");
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
  add_store_settings(*command, settings->store);
  command->add_option("--tenant", settings->tenant, "The tenant")->capture_default_str();
  command->add_option("--contacts", settings->contacts, "How many")
      ->capture_default_str()
      ->check(CLI::Range(std::size_t{3}, contacts_max));
  return [settings] { return make_sandbox(*settings); };
}

}  // namespace contactd::cli
