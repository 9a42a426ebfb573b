// Points in time as the store keeps them and as the wire shows them.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace contactd {

/// Microseconds since 1970-01-01T00:00:00Z, UTC.
struct Time {
  std::int64_t microseconds = 0;
  auto operator<=>(const Time&) const = default;
};

/// RFC 3339 in UTC with six digits of fraction and `Z`: 2025-03-26T13:52:59.683345Z (contract section 1.2).
std::string format_time(Time time);
void append_time(std::string& out, Time time);

/// An instant of RFC 3339 with an offset, or a plain date. Years 0000 to 9999; up to nine digits of fraction, of which
/// six are kept. A space where the offset's `+` should stand is understood. Nothing else is accepted.
struct DateOrInstant {
  Time first;  ///< The instant, or the first microsecond of the UTC day.
  Time last;   ///< The instant, or the last microsecond of the UTC day.
};
std::optional<DateOrInstant> parse_date_or_instant(std::string_view text);

}  // namespace contactd
