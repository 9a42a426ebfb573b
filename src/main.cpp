// The program: one command per file in cli/.
#include "cli/commands.hpp"

int main(int argc, char** argv) {
  return contactd::cli::run_program(argc, argv);
}
