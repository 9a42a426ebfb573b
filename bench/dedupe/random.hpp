// Random choices that are the same for the same seed on every machine.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace contactd::bench {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t end) { return static_cast<std::size_t>(engine_() % end); }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  template <class List>
  const auto& one_of(const List& list) {
    return list[below(std::size(list))];
  }
  /// The front of the list far more often than its end, as with names of people.
  template <class List>
  const auto& one_of_skewed(const List& list) {
    const std::size_t size = std::size(list);
    return list[below(below(below(size) + 1) + 1)];
  }
  /// A letter for each A, a digit for each 9, anything else as it is.
  std::string of_form(std::string_view form) {
    std::string text(form);
    for (char& c : text) {
      if (c == 'A') c = static_cast<char>('A' + below(26));
      if (c == '9') c = static_cast<char>('0' + below(10));
    }
    return text;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace contactd::bench
