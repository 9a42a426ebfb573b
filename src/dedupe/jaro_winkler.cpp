// Jaro-Winkler with the matches in two machine words, and a weighted edit distance with three rows on the stack.
#include "dedupe/jaro_winkler.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace contactd::dedupe {
namespace {

struct Matches {
  std::uint64_t a = 0;
  std::uint64_t b = 0;
  int count = 0;
};

/// Marks the letters that both have at places not further apart than half the longer word.
Matches matches_of(std::string_view a, std::string_view b) {
  Matches matches;
  const std::size_t longer = std::max(a.size(), b.size());
  const std::size_t reach = longer / 2 > 0 ? longer / 2 - 1 : 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t end = std::min(i + reach + 1, b.size());
    for (std::size_t j = i > reach ? i - reach : 0; j < end; ++j) {
      if (a[i] != b[j] || (matches.b >> j & 1) != 0) continue;
      matches.a |= std::uint64_t{1} << i;
      matches.b |= std::uint64_t{1} << j;
      ++matches.count;
      break;
    }
  }
  return matches;
}

/// Matched letters that do not stand in the same order in both.
int out_of_order(std::string_view a, std::string_view b, const Matches& matches) {
  int count = 0;
  std::size_t j = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if ((matches.a >> i & 1) == 0) continue;
    while ((matches.b >> j & 1) == 0) ++j;
    count += a[i] != b[j] ? 1 : 0;
    ++j;
  }
  return count;
}

constexpr bool is_vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y' || c == 'h';
}

constexpr float vowel_cost = 0.4F;
constexpr float consonant_cost = 0.8F;
constexpr float other_consonant_cost = 1.3F;
constexpr float swap_cost = 0.6F;

constexpr float cost_of(char c) {
  return is_vowel(c) ? vowel_cost : consonant_cost;
}
constexpr float cost_of(char a, char b) {
  if (a == b) return 0;
  return is_vowel(a) && is_vowel(b) ? vowel_cost : other_consonant_cost;
}

}  // namespace

double jaro_winkler(std::string_view a, std::string_view b) {
  a = a.substr(0, 64);
  b = b.substr(0, 64);
  const Matches matches = matches_of(a, b);
  if (matches.count == 0) return 0;
  const double count = matches.count;
  const int halved = out_of_order(a, b, matches) / 2;
  const double jaro =
      (count / static_cast<double>(a.size()) + count / static_cast<double>(b.size()) + (count - halved) / count) / 3;
  std::size_t prefix = 0;
  while (prefix < 4 && prefix < a.size() && prefix < b.size() && a[prefix] == b[prefix]) ++prefix;
  return jaro > 0.7 ? jaro + static_cast<double>(prefix) * 0.1 * (1 - jaro) : jaro;
}

double spelling_distance(std::string_view a, std::string_view b) {
  constexpr std::size_t bytes_max = 32;
  a = a.substr(0, bytes_max);
  b = b.substr(0, bytes_max);
  std::array<std::array<float, bytes_max + 1>, 3> rows{};
  for (std::size_t j = 1; j <= b.size(); ++j) rows[0][j] = rows[0][j - 1] + cost_of(b[j - 1]);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& here = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    here[0] = above[0] + cost_of(a[i - 1]);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      here[j] = std::min(
          {above[j] + cost_of(a[i - 1]), here[j - 1] + cost_of(b[j - 1]), above[j - 1] + cost_of(a[i - 1], b[j - 1])});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && a[i - 1] != a[i - 2];
      if (swapped) here[j] = std::min(here[j], two_above[j - 2] + swap_cost);
    }
  }
  return rows[a.size() % 3][b.size()];
}

}  // namespace contactd::dedupe
