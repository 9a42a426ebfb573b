// Telephone numbers to E.164: the Indian plan, and country codes for the rest. libphonenumber is the oracle of the
// tests.
#include <algorithm>
#include <array>
#include <cstdint>

#include "dedupe/contact_points.hpp"
#include "dedupe/text.hpp"

namespace contactd::dedupe {
namespace {

constexpr std::size_t digits_max = 15;

constexpr std::array<std::uint16_t, 217> country_codes{
    1,   7,   20,  27,  30,  31,  32,  33,  34,  36,  39,  40,  41,  43,  44,  45,  46,  47,  48,  49,  51,  52,
    53,  54,  55,  56,  57,  58,  60,  61,  62,  63,  64,  65,  66,  81,  82,  84,  86,  90,  91,  92,  93,  94,
    95,  98,  211, 212, 213, 216, 218, 220, 221, 222, 223, 224, 225, 226, 227, 228, 229, 230, 231, 232, 233, 234,
    235, 236, 237, 238, 239, 240, 241, 242, 243, 244, 245, 246, 247, 248, 249, 250, 251, 252, 253, 254, 255, 256,
    257, 258, 260, 261, 262, 263, 264, 265, 266, 267, 268, 269, 290, 291, 297, 298, 299, 350, 351, 352, 353, 354,
    355, 356, 357, 358, 359, 370, 371, 372, 373, 374, 375, 376, 377, 378, 380, 381, 382, 383, 385, 386, 387, 389,
    420, 421, 423, 500, 501, 502, 503, 504, 505, 506, 507, 508, 509, 590, 591, 592, 593, 594, 595, 596, 597, 598,
    599, 670, 672, 673, 674, 675, 676, 677, 678, 679, 680, 681, 682, 683, 685, 686, 687, 688, 689, 690, 691, 692,
    800, 808, 850, 852, 853, 855, 856, 870, 878, 880, 881, 882, 883, 886, 888, 960, 961, 962, 963, 964, 965, 966,
    967, 968, 970, 971, 972, 973, 974, 975, 976, 977, 979, 992, 993, 994, 995, 996, 998};

/// How many of the first digits are a country code; 0 if they are none.
std::size_t country_code_size(std::string_view digits) {
  unsigned code = 0;
  if (digits.starts_with('0')) return 0;
  for (std::size_t size = 1; size <= 3 && size <= digits.size(); ++size) {
    code = code * 10 + static_cast<unsigned>(digits[size - 1] - '0');
    if (std::binary_search(country_codes.begin(), country_codes.end(), code)) return size;
  }
  return 0;
}

/// 9999999999 is typed when a form insists. 9876543210 is, too, but also by everybody who tries things out.
bool is_one_digit(std::string_view national) {
  return national.find_first_not_of(national[0]) == std::string_view::npos;
}

bool is_indian(std::string_view national) {
  constexpr std::string_view toll_free_and_such[] = {"1800", "1860", "1600", "140"};
  if (national.size() != 10 || national[0] == '0' || is_one_digit(national)) return false;
  return std::none_of(std::begin(toll_free_and_such), std::end(toll_free_and_such),
                      [&](std::string_view prefix) { return national.starts_with(prefix); });
}

std::optional<std::string> indian(std::string_view national) {
  if (national.starts_with('0')) national.remove_prefix(1);
  if (!is_indian(national)) return std::nullopt;
  return "+91" + std::string(national);
}

std::optional<std::string> international(std::string_view digits) {
  if (digits.starts_with("91")) return indian(digits.substr(2));
  const std::size_t code = country_code_size(digits);
  if (code == 0 || digits.size() < code + 5 || digits.size() > digits_max) return std::nullopt;
  if (std::count(digits.begin() + static_cast<std::ptrdiff_t>(code), digits.end(), digits.back()) ==
      static_cast<std::ptrdiff_t>(digits.size() - code)) {
    return std::nullopt;
  }
  return "+" + std::string(digits);
}

/// A trunk zero in parentheses, as in +44 (0)20, is not dialled; an extension belongs to no one person's number.
std::string_view without_extension(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = to_lower(text[at]);
    if (c == 'e' || c == 'x' || c == '#') return text.substr(0, at);
  }
  return text;
}

}  // namespace

std::optional<std::string> normalised_phone(std::string_view text) {
  text = without_extension(text);
  std::string digits;
  bool plus = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (text.substr(at, 3) == "(0)" && !digits.empty()) {
      at += 2;
    } else if (c == '+') {
      if (plus || !digits.empty()) return std::nullopt;
      plus = true;
    } else if (is_digit(c)) {
      digits += c;
    } else if (!is_blank(c) && c != '-' && c != '.' && c != '(' && c != ')' && c != '/') {
      return std::nullopt;
    }
    if (digits.size() > digits_max + 4) return std::nullopt;
  }
  if (plus) return international(digits);
  if (digits.starts_with("00")) return international(std::string_view(digits).substr(2));
  std::string_view national = digits;
  if (national.starts_with('0')) national.remove_prefix(1);
  if (national.size() >= 12 && national.starts_with("91")) return indian(national.substr(2));
  return indian(national);
}

std::vector<std::string> phones_in(std::string_view text) {
  std::vector<std::string> found;
  if (auto whole = normalised_phone(text)) {
    found.push_back(std::move(*whole));
    return found;
  }
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(",;/|&"), text.size());
    if (auto one = normalised_phone(text.substr(0, end))) found.push_back(std::move(*one));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

}  // namespace contactd::dedupe
