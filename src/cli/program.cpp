// Reads the command line and runs the command that it names.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <map>
#include <string>

#include "cli/commands.hpp"

namespace contactd::cli {

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
