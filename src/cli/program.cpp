// Reads the command line and runs the command that it names.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <exception>
#include <map>
#include <string>

#include "cli/commands.hpp"
#include "store/postgres.hpp"

namespace contactd::cli {

namespace {

/// What the list of processes shows of the command line is this memory: a password in a URL does not stay in it.
void hide_passwords(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument(argv[i]);
    const std::string shown = store::without_password(std::string(argument));
    if (shown == argument) continue;
    std::memset(argv[i], 0, argument.size());
    std::memcpy(argv[i], shown.data(), std::min(shown.size(), argument.size()));
  }
}

}  // namespace

int run_program(int argc, char** argv) {
  CLI::App program("contactd: the contact master of a lender, as a service.");
  program.set_version_flag("--version", "contactd " CONTACTD_VERSION);
  program.require_subcommand(1);
  program.fallthrough(false);
  std::map<std::string, std::function<int()>> commands;
  commands["serve"] = add_serve(program);
  commands["token"] = add_token(program);
  commands["sandbox"] = add_sandbox(program);
  commands["migrate"] = add_migrate(program);
  commands["backup"] = add_backup(program);
  commands["restore"] = add_restore(program);
  commands["check"] = add_check(program);
  commands["copy"] = add_copy(program);
  const auto is_named = [&](CLI::App* command) { return command->check_name(argv[1]); };
  if (argc > 1 && argv[1][0] != '-' && program.get_subcommands(is_named).empty()) {
    std::fprintf(stderr, "contactd: there is no command %s; --help lists them\n", argv[1]);
    return 2;
  }
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? 0 : 2;
  }
  hide_passwords(argc, argv);
  try {
    for (const auto& [name, run] : commands) {
      if (program.got_subcommand(name)) return run();
    }
    return 2;
  } catch (const CLI::ParseError& error) {
    std::fprintf(stderr, "contactd: %s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "contactd: %s\n", error.what());
    return 1;
  }
}

}  // namespace contactd::cli
