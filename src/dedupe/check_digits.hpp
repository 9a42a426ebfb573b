// Check digits: Verhoeff's, and Luhn's for any alphabet of digits and capital letters.
#pragma once

#include <string_view>

namespace contactd::dedupe {

/// Whether the last of these digits is Verhoeff's check digit of the others. `digits` has nothing but digits.
bool has_verhoeff_check_digit(std::string_view digits);
/// Whether the last character is Luhn's check character of the others, modulo `base` (10, or 36 with A = 10). `text`
/// has nothing but digits below the base.
bool has_luhn_check_character(std::string_view text, int base);

}  // namespace contactd::dedupe
