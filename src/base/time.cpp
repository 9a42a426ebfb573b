// Conversions between microseconds and RFC 3339 text, by the proleptic Gregorian calendar of <chrono>.
#include "base/time.hpp"

#include <chrono>

namespace contactd {
namespace {

constexpr std::int64_t second_microseconds = 1'000'000;
constexpr std::int64_t day_microseconds = 86'400 * second_microseconds;

void put_digits(char* at, std::int64_t value, int width) {
  for (int i = width - 1; i >= 0; --i) {
    at[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

/// Takes fixed pieces off the front of a text; once one does not fit, it stays failed.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }
  bool next_is(char c) const { return !rest_.empty() && rest_.front() == c; }
  std::int64_t digits(std::size_t count) {
    std::int64_t value = 0;
    if (rest_.size() < count) return fail();
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return fail();
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  void one_of(std::string_view choices) {
    if (rest_.empty() || choices.find(rest_.front()) == std::string_view::npos) {
      fail();
    } else {
      rest_.remove_prefix(1);
    }
  }
  /// A fraction of a second in microseconds; 1 to 9 digits, the seventh and later ones are dropped.
  std::int64_t fraction() {
    std::int64_t value = 0;
    std::size_t count = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9' && count < 9) {
      if (count < 6) value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
      ++count;
    }
    if (count == 0) return fail();
    for (; count < 6; ++count) value *= 10;
    return value;
  }

 private:
  std::int64_t fail() {
    ok_ = false;
    return 0;
  }
  std::string_view rest_;
  bool ok_ = true;
};

std::optional<std::int64_t> scan_date(Scanner& scanner) {
  namespace chrono = std::chrono;
  const auto year = scanner.digits(4);
  scanner.one_of("-");
  const auto month = scanner.digits(2);
  scanner.one_of("-");
  const auto day = scanner.digits(2);
  const chrono::year_month_day date{chrono::year{static_cast<int>(year)}, chrono::month{static_cast<unsigned>(month)},
                                    chrono::day{static_cast<unsigned>(day)}};
  if (!scanner.ok() || !date.ok()) return std::nullopt;
  return chrono::sys_days{date}.time_since_epoch().count() * day_microseconds;
}

/// `Z`, `+hh:mm` or `-hh:mm`; a space is a `+` that went through a query string. Microseconds to subtract.
std::optional<std::int64_t> scan_offset(Scanner& scanner) {
  if (scanner.next_is('Z') || scanner.next_is('z')) {
    scanner.one_of("Zz");
    return 0;
  }
  const bool negative = scanner.next_is('-');
  scanner.one_of("+- ");
  const auto hours = scanner.digits(2);
  scanner.one_of(":");
  const auto minutes = scanner.digits(2);
  if (!scanner.ok() || hours > 23 || minutes > 59) return std::nullopt;
  const auto offset = (hours * 60 + minutes) * 60 * second_microseconds;
  return negative ? -offset : offset;
}

}  // namespace

void append_time(std::string& out, Time time) {
  namespace chrono = std::chrono;
  const auto days = chrono::floor<chrono::days>(chrono::microseconds{time.microseconds});
  const chrono::year_month_day date{chrono::sys_days{days}};
  const std::int64_t within = time.microseconds - chrono::microseconds{days}.count();
  char text[] = "0000-00-00T00:00:00.000000Z";
  put_digits(text, static_cast<int>(date.year()), 4);
  put_digits(text + 5, static_cast<unsigned>(date.month()), 2);
  put_digits(text + 8, static_cast<unsigned>(date.day()), 2);
  put_digits(text + 11, within / (3'600 * second_microseconds), 2);
  put_digits(text + 14, within / (60 * second_microseconds) % 60, 2);
  put_digits(text + 17, within / second_microseconds % 60, 2);
  put_digits(text + 20, within % second_microseconds, 6);
  out.append(text, sizeof text - 1);
}

std::string format_time(Time time) {
  std::string out;
  append_time(out, time);
  return out;
}

std::optional<DateOrInstant> parse_date_or_instant(std::string_view text) {
  Scanner scanner(text);
  const auto day = scan_date(scanner);
  if (!day) return std::nullopt;
  if (scanner.at_end()) return DateOrInstant{Time{*day}, Time{*day + day_microseconds - 1}};
  scanner.one_of("Tt ");
  const auto hour = scanner.digits(2);
  scanner.one_of(":");
  const auto minute = scanner.digits(2);
  scanner.one_of(":");
  const auto second = scanner.digits(2);
  std::int64_t fraction = 0;
  if (scanner.next_is('.')) {
    scanner.one_of(".");
    fraction = scanner.fraction();
  }
  const auto offset = scan_offset(scanner);
  if (!scanner.ok() || !offset || !scanner.at_end() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  const Time instant{*day + ((hour * 60 + minute) * 60 + second) * second_microseconds + fraction - *offset};
  return DateOrInstant{instant, instant};
}

}  // namespace contactd
