// The score: weights of the evidence are added to the prior odds, and the logistic function makes it a probability.
#include "dedupe/compare.hpp"

#include <algorithm>
#include <cmath>

#include "dedupe/evidence.hpp"

namespace contactd::dedupe {

Comparer::Comparer(const Party& candidate) : candidate_(std::make_unique<const Features>(features_of(candidate))) {}
Comparer::~Comparer() = default;

Comparison Comparer::compare(const Party& stored) const {
  const Features features = features_of(stored);
  Evidence evidence(*candidate_, features, stored);
  Comparison comparison;
  comparison.score = std::min(evidence.limit(), 1 / (1 + std::exp(-(weight::prior + evidence.sum()))));
  comparison.is_match = comparison.score >= match_score_min;
  comparison.reasons = std::move(evidence).reasons();
  return comparison;
}

}  // namespace contactd::dedupe
