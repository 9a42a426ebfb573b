// How commands show that they get on: a bar that grows on a terminal, elsewhere a line for each tenth.
#pragma once

#include <cstddef>
#include <string>

namespace contactd::cli {

/// Writes to standard error.
class ProgressBar {
 public:
  explicit ProgressBar(std::string label);
  void show(std::size_t done, std::size_t of);

 private:
  std::string label_;
  bool is_terminal_;
  std::size_t shown_percent_ = 0;
};

}  // namespace contactd::cli
