// Chance that is the same for the same seed, on every machine.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>

namespace contactd::differential {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  /// From 0 to below `end`; 0 when `end` is 0.
  std::size_t below(std::size_t end) { return end == 0 ? 0 : static_cast<std::size_t>(engine_() % end); }
  std::int64_t between(std::int64_t first, std::int64_t last) {
    return first + static_cast<std::int64_t>(below(static_cast<std::size_t>(last - first + 1)));
  }
  bool chance(double percent) { return static_cast<double>(engine_() % 10'000) < percent * 100; }
  template <class Range>
  const auto& pick(const Range& range) {
    return std::data(range)[below(std::size(range))];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace contactd::differential
