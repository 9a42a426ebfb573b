// The two stores, each under a service of its own, asked the same.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "client.hpp"
#include "shared_clock.hpp"
#include "step.hpp"

namespace contactd::differential {

/// Puts something between the service and its connections.
using Wrap = decltype(store::StoreSettings::wrap);

struct Answers {
  scenario::Asked asked;
  scenario::Answer sqlite;
  scenario::Answer postgres;
};

/// Where and how the answers differ, or why neither may be given (5xx); nothing when all is well.
std::optional<std::string> difference(const Answers& answers);

class Twins {
 public:
  /// `wrap_sqlite` may be empty. Needs the server that tests/postgres/with_cluster.py starts; throws when there is
  /// none.
  explicit Twins(Wrap wrap_sqlite = nullptr);

  /// Begins a sequence of so many steps with tenants of its own. Gives the names that stand for what is kept: until a
  /// step has given them something, they stand for what is not there.
  Names begin(int steps);
  /// Plays a step on both and keeps what came of it under its names.
  Answers play(const Step& step, Names& names);
  /// The first of the steps, played from a fresh beginning, whose answers differ.
  std::optional<std::size_t> first_difference(const Steps& steps, int steps_max);

 private:
  SharedClock clock_;
  int sequences_ = 0;
  std::unique_ptr<scenario::Service> sqlite_;
  std::unique_ptr<scenario::Service> postgres_;
};

}  // namespace contactd::differential
