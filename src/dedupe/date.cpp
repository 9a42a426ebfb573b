// Dates as people write them in India, to year-month-day.
#include <array>
#include <charconv>

#include "dedupe/contact_points.hpp"
#include "dedupe/text.hpp"

namespace contactd::dedupe {
namespace {

struct Part {
  std::string_view text;
  int number = -1;  ///< -1 for a word.
};

int month_of(std::string_view word) {
  constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                    "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string lower = folded(word.substr(0, 3));
  for (std::size_t month = 0; month < months.size(); ++month) {
    if (lower == months[month]) return static_cast<int>(month) + 1;
  }
  return -1;
}

int number_of(std::string_view digits) {
  int number = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

/// The first three parts; a time of day after them is passed over.
std::size_t split(std::string_view text, std::array<Part, 3>& parts) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size() && count < parts.size();) {
    if (!is_letter_or_digit(text[at])) {
      ++at;
      continue;
    }
    const bool digits = is_digit(text[at]);
    std::size_t end = at;
    while (end < text.size() && (digits ? is_digit(text[end]) : is_letter(text[end]))) ++end;
    Part& part = parts[count];
    part.text = text.substr(at, end - at);
    if (part.text.size() > 9) return 0;
    part.number = digits ? number_of(part.text) : -1;
    at = end;
    // "12th": the ending of an ordinal is no part.
    const bool ordinal = !digits && part.text.size() == 2 && count == 1;
    if (!ordinal) ++count;
  }
  return count;
}

std::optional<std::string> date_of(int year, int month, int day) {
  constexpr std::array<int, 12> days{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 100 && year >= 0) year += year < 30 ? 2000 : 1900;
  if (month > 12 && day <= 12) std::swap(month, day);
  if (year < 1800 || year > 2099 || month < 1 || month > 12 || day < 1) return std::nullopt;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (day > days[static_cast<std::size_t>(month - 1)] || (month == 2 && day == 29 && !leap)) return std::nullopt;
  std::string text = std::to_string(year);
  for (const int part : {month, day}) {
    text += '-';
    text += static_cast<char>('0' + part / 10);
    text += static_cast<char>('0' + part % 10);
  }
  // What programs write when they have no date.
  if (text == "1900-01-01" || text == "1970-01-01") return std::nullopt;
  return text;
}

/// Day first, as forms in India have it; where that gives no date, year first.
std::optional<std::string> eight_digits(std::string_view text) {
  const auto part = [&](std::size_t at, std::size_t size) { return number_of(text.substr(at, size)); };
  if (auto date = date_of(part(4, 4), part(2, 2), part(0, 2))) return date;
  return date_of(part(0, 4), part(4, 2), part(6, 2));
}

}  // namespace

std::optional<std::string> normalised_date(std::string_view text) {
  if (text.size() > 40) return std::nullopt;
  std::array<Part, 3> parts{};
  const std::size_t count = split(text, parts);
  if (count == 1 && parts[0].text.size() == 8 && parts[0].number >= 0) return eight_digits(parts[0].text);
  if (count != 3) return std::nullopt;
  const auto [a, b, c] = parts;
  if (a.number < 0) return b.number < 0 ? std::nullopt : date_of(c.number, month_of(a.text), b.number);
  if (b.number < 0) {
    const bool year_first = a.text.size() == 4;
    return date_of(year_first ? a.number : c.number, month_of(b.text), year_first ? c.number : a.number);
  }
  if (a.text.size() == 4) return date_of(a.number, b.number, c.number);
  return date_of(c.number, b.number, a.number);
}

}  // namespace contactd::dedupe
