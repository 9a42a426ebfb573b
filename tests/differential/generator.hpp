// Random requests, each with what came of those before it in mind.
#pragma once

#include <deque>
#include <optional>

#include "dice.hpp"
#include "memory.hpp"
#include "step.hpp"
#include "twins.hpp"

namespace contactd::differential {

/// One sequence: some namespaces and contacts first, then whatever the route table has.
class Generator {
 public:
  explicit Generator(std::uint64_t seed);
  Step next();
  /// What came of the step that was given last.
  void learn(const Step& step, const scenario::Answer& answer);

 private:
  const api::Route& choose_route();
  Step begun(const api::Route& route);
  void fill_path(Step& step);
  void choose_caller(Step& step);
  void add_headers(Step& step);
  void spoil(Step& step);
  std::optional<Step> repeated();
  std::optional<Step> prepared();
  void learn_of_page(const Step& step);

  Dice dice_;
  Memory memory_;
  int number_ = 0;
  std::vector<double> weights_;
  std::deque<Step> next_pages_;
  std::vector<Step> with_keys_;  ///< Sent under an Idempotency-Key.
};

}  // namespace contactd::differential
