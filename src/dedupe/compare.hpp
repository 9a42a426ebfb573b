// Scoring: how likely two parties are the same, and the reasons that say why.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dedupe/party.hpp"

namespace contactd::dedupe {

inline constexpr double match_score_min = 0.85;  ///< From here on it is a match; below, somebody has to look.

/// One piece of evidence. Weights are logarithms of odds and add up; negative ones speak against it.
struct Reason {
  std::string field;  ///< Of the stored side: "name", "props/pan_no", "banks/account_no", "addresses/address_line".
  std::string kind;   ///< "exact", "similar" or "different".
  std::optional<double> similarity;  ///< 0 to 1, where something was measured.
  double weight = 0;
};

struct Comparison {
  double score = 0;  ///< 0 to 1, rounded to the four decimals that are shown.
  bool is_match = false;
  std::vector<Reason> reasons;  ///< The heaviest first.
};

struct Features;

/// Compares one candidate with many stored parties; the candidate is prepared once.
class Comparer {
 public:
  explicit Comparer(const Party& candidate);
  ~Comparer();
  Comparer(const Comparer&) = delete;
  Comparer& operator=(const Comparer&) = delete;

  /// Thread-safe.
  Comparison compare(const Party& stored) const;

  /// False when no addresses and accounts could lift this contact's score to the threshold: then it is not worth while
  /// to fetch them.
  bool may_reach(double threshold, const model::Contact& stored) const;

 private:
  std::unique_ptr<const Features> candidate_;
};

}  // namespace contactd::dedupe
