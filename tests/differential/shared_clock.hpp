// Time and chance, the same for both stores: so their ids and times are equal, and whole answers can be.
#pragma once

#include <atomic>
#include <memory>

#include "base/ulid.hpp"

namespace contactd::differential {

class SharedClock {
 public:
  /// A source for one store. Before each request both are at the same instant, with the same random numbers to come.
  StampSource source(int side) {
    return StampSource([state = state_] { return Time{state->microseconds}; },
                       [state = state_, side] { return state->random(side); });
  }
  void advance(std::int64_t microseconds) {
    state_->microseconds += microseconds;
    for (auto& drawn : state_->drawn) drawn = 0;
  }
  Time now() const { return Time{state_->microseconds}; }

 private:
  struct State {
    std::atomic<std::int64_t> microseconds{1'893'456'000'000'000};  // 2030-01-01T00:00:00Z
    std::atomic<std::uint64_t> drawn[2]{};
    /// Splitmix64 over the instant and how many were drawn since.
    std::uint64_t random(int side) {
      std::uint64_t bits = static_cast<std::uint64_t>(microseconds) * 0x9E3779B97F4A7C15ULL + ++drawn[side];
      bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9ULL;
      bits = (bits ^ bits >> 27) * 0x94D049BB133111EBULL;
      return bits ^ bits >> 31;
    }
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace contactd::differential
