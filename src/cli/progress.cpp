// Drawing the bar.
#include "cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace contactd::cli {

ProgressBar::ProgressBar(std::string label) : label_(std::move(label)), is_terminal_(::isatty(STDERR_FILENO) == 1) {}

void ProgressBar::show(std::size_t done, std::size_t of) {
  // More than all: somebody else has added to what is counted, which will be said.
  const std::size_t percent = of == 0 ? 100 : std::min(done, of) * 100 / of;
  if (percent == shown_percent_) return;
  if (is_terminal_) {
    constexpr std::size_t width = 40;
    std::string bar(width, ' ');
    std::fill_n(bar.begin(), width * percent / 100, '#');
    std::fprintf(stderr, "\r%s [%s] %3zu %%%s", label_.c_str(), bar.c_str(), percent, percent == 100 ? "\n" : "");
  } else if (percent / 10 != shown_percent_ / 10) {
    std::fprintf(stderr, "%s %zu %%\n", label_.c_str(), percent / 10 * 10);
  }
  std::fflush(stderr);
  shown_percent_ = percent;
}

}  // namespace contactd::cli
