// The score: weights of the evidence are added to the prior odds, and the logistic function makes it a probability.
#include "dedupe/compare.hpp"

#include <algorithm>
#include <cmath>

#include "dedupe/evidence.hpp"

namespace contactd::dedupe {

namespace {

double score_of(double sum) {
  return 1 / (1 + std::exp(-(weight::prior + sum)));
}

}  // namespace

Comparer::Comparer(const Party& candidate) : candidate_(std::make_unique<const Features>(features_of(candidate))) {}
Comparer::~Comparer() = default;

Comparison Comparer::compare(const Party& stored) const {
  const Features features = features_of(stored);
  Evidence evidence(*candidate_, features, stored);
  Comparison comparison;
  const double score = std::min(evidence.limit(), score_of(evidence.sum()));
  // As it is shown: who asks with the shown score as threshold gets this answer again.
  comparison.score = std::round(score * 10'000) / 10'000;
  comparison.is_match = comparison.score >= match_score_min;
  comparison.reasons = std::move(evidence).reasons();
  return comparison;
}

bool Comparer::may_reach(double threshold, const model::Contact& stored) const {
  const Party alone{stored, {}, {}};
  const Features features = features_of(alone);
  double sum = Evidence(*candidate_, features, alone).sum();
  if (!candidate_->addresses.empty()) sum += weight::address_same;
  if (!candidate_->accounts.empty()) sum += weight::account_same;
  constexpr double rounding = 0.0001;  // of the score that is shown
  return score_of(sum) + rounding >= threshold;
}

}  // namespace contactd::dedupe
