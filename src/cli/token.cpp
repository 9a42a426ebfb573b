// `contactd token`: prints a token signed with the development secret, and nothing else.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <ctime>
#include <filesystem>

#include "auth/issuer.hpp"
#include "cli/commands.hpp"

namespace contactd::cli {

std::function<int()> add_token(CLI::App& program) {
  struct Options {
    std::string data, tenant, user, scopes = auth::all_scopes(), ttl = "1h";
  };
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("token", "Print a token for local development");
  command->add_option("--data", options->data, "Folder that holds the development secret")
      ->required()
      ->envname("CONTACTD_DATA");
  command->add_option("--tenant", options->tenant, "The tenant")->required();
  command->add_option("--user", options->user, "The user")->required();
  command->add_option("--scope", options->scopes, "Scopes, separated by spaces")->capture_default_str();
  command->add_option("--ttl", options->ttl, "How long it is good: 30s, 15m, 1h, 7d")->capture_default_str();
  return [options] {
    auth::TokenWish wish;
    try {
      wish = {options->tenant, options->user, options->scopes, auth::parse_ttl(options->ttl)};
      auth::issue_token(wish, std::string(auth::KeySet::secret_bytes_min, 'x'), std::time(nullptr));
    } catch (const auth::SetupError& error) {
      throw CLI::ValidationError("token", error.what());  // a wrong option: exit status 2
    }
    std::filesystem::create_directories(options->data);
    const std::string secret = auth::load_or_create_dev_secret(std::filesystem::path(options->data) / "dev-secret");
    std::printf("%s\n", auth::issue_token(wish, secret, std::time(nullptr)).c_str());
    return 0;
  };
}

}  // namespace contactd::cli
