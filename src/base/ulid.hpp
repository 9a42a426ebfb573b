// Ids and times: 26-character ULIDs whose order is the order of creation, to the microsecond.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace contactd {

/// An instant and the id that carries it.
struct Stamp {
  Time time;
  std::string id;
};

/// Gives times that never stand still or step back, and the ids that go with them. One per process, used by the writer
/// alone; not thread-safe.
///
/// A ULID here is 48 bits of milliseconds, 10 bits of the microseconds within it, and 70 random bits. So ids order as
/// `created_at` does wherever they were made, and no index on `created_at` is needed beside the primary key.
class StampSource {
 public:
  /// `now` and `random` are replaced by tests; the defaults are the system's clock and generator.
  explicit StampSource(std::function<Time()> now = nullptr, std::function<std::uint64_t()> random = nullptr);

  /// No stamp will be at or before `time`: the newest that the store holds.
  void start_after(Time time);
  /// Later than every stamp before it. When the clock lags it is the last one plus a microsecond.
  Stamp next();
  /// Another id of the instant of `stamp`, greater than every id given so far.
  std::string sibling(const Stamp& stamp);
  /// Later than every time before it, without an id.
  Time tick();

 private:
  std::function<Time()> now_;
  std::function<std::uint64_t()> random_;
  Time last_{0};
  std::uint64_t low_ = 0;   // the 64 lower random bits of the last id
  std::uint64_t high_ = 0;  // the 6 upper ones
};

/// The smallest and the greatest id that could carry that time: bounds for a range of `created_at`. Before 1970 there
/// are no ids: the greatest is then the empty text, which is smaller than any.
std::string first_id_of(Time time);
std::string last_id_of(Time time);

/// ^[a-zA-Z0-9._-]{8,50}$: whether a text could be an id at all (contract section 1.2).
bool is_well_formed_id(std::string_view text);

}  // namespace contactd
