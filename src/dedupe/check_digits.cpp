// Check digits, computed from what they are: the group of a pentagon's symmetries, and doubled digits.
#include "dedupe/check_digits.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#include "dedupe/text.hpp"

namespace contactd::dedupe {
namespace {

/// The product in the dihedral group of the pentagon: 0 to 4 are rotations, 5 to 9 are reflections.
constexpr int product(int a, int b) {
  if (a < 5) return b < 5 ? (a + b) % 5 : 5 + (a + b) % 5;
  return b < 5 ? 5 + (a - b) % 5 : (a - b + 5) % 5;
}

/// permutations[n] is the first one applied n times; after eight it is the identity again.
constexpr auto permutations = [] {
  std::array<std::array<std::uint8_t, 10>, 8> table{};
  constexpr std::array<std::uint8_t, 10> once{1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
  for (std::uint8_t digit = 0; digit < 10; ++digit) table[0][digit] = digit;
  for (std::size_t n = 1; n < table.size(); ++n) {
    for (std::size_t digit = 0; digit < 10; ++digit) table[n][digit] = once[table[n - 1][digit]];
  }
  return table;
}();

}  // namespace

bool has_verhoeff_check_digit(std::string_view digits) {
  int check = 0;
  for (std::size_t from_end = 0; from_end < digits.size(); ++from_end) {
    const auto digit = static_cast<std::size_t>(digits[digits.size() - 1 - from_end] - '0');
    check = product(check, permutations[from_end % permutations.size()][digit]);
  }
  return check == 0;
}

bool has_luhn_check_character(std::string_view text, int base) {
  int sum = 0;
  for (std::size_t from_end = 0; from_end < text.size(); ++from_end) {
    const char c = text[text.size() - 1 - from_end];
    int value = is_digit(c) ? c - '0' : c - 'A' + 10;
    if (from_end % 2 == 1) value *= 2;
    sum += value / base + value % base;
  }
  return sum % base == 0;
}

}  // namespace contactd::dedupe
