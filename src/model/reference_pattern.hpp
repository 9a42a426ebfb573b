// Patterns from which references are made: literals, dates and at most one counter. Contract section 3, Namespace.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "resource/rules.hpp"

namespace contactd::model {

inline constexpr std::size_t reference_length_max = 50;

/// 1 to 50 characters: letters, digits, `. _ / -`, `{yyyy}`, `{yy}`, `{mm}`, `{dd}`, and at most one `{counter}` or
/// `{counter:0N}` with N from 1 to 12.
struct ReferencePattern {
  std::optional<resource::Finding> check(std::string& value) const;
  void schema(std::string& out) const;
};

/// A pattern on one day: all that is left open is the number.
class ReferenceSeries {
 public:
  /// `pattern` has passed `ReferencePattern`; dates are those of the UTC day of `time`. Where it has no counter, the
  /// number stands at the end.
  ReferenceSeries(std::string_view pattern, Time time);
  /// The reference with that number; it may be longer than `reference_length_max`.
  std::string reference(std::int64_t number) const;
  /// The greatest number whose reference is no longer than `reference_length_max`, and no greater than `limit`; -1 when
  /// none is.
  std::int64_t last_number(std::int64_t limit) const;

 private:
  std::string before_;
  std::string behind_;
  std::size_t width_ = 0;
};

}  // namespace contactd::model
