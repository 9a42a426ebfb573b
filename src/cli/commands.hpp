// The commands of the program; each has a file of its own.
#pragma once

#include <CLI/App.hpp>
#include <functional>

namespace contactd::cli {

/// Adds a command and its options to the program. What it gives runs the command and returns the exit status; it is
/// called once the options were read.
std::function<int()> add_backup(CLI::App& program);
std::function<int()> add_check(CLI::App& program);
std::function<int()> add_copy(CLI::App& program);
std::function<int()> add_migrate(CLI::App& program);
std::function<int()> add_restore(CLI::App& program);
std::function<int()> add_sandbox(CLI::App& program);
std::function<int()> add_serve(CLI::App& program);
std::function<int()> add_token(CLI::App& program);

/// The whole program. Exit status 2 for a wrong or missing option, which is named on standard error.
int run_program(int argc, char** argv);

}  // namespace contactd::cli
