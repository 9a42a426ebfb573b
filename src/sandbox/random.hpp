// Choices by chance that are the same for the same seed, with every compiler and on every machine.
#pragma once

#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

namespace contactd::sandbox {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// 0 to `end` - 1. The library's distributions differ from one implementation to the next, so none is used.
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(engine_() % end); }
  std::size_t between(std::size_t first, std::size_t last) { return first + below(last - first + 1); }
  bool percent(std::size_t chance) { return below(100) < chance; }
  template <class List>
  const auto& one_of(const List& list) {
    return list[below(std::size(list))];
  }
  std::string digits(std::size_t count) {
    std::string text;
    while (text.size() < count) text += static_cast<char>('0' + below(10));
    return text;
  }
  char letter() { return static_cast<char>('A' + below(26)); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace contactd::sandbox
