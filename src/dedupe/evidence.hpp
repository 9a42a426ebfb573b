// Gathers what speaks for and against two parties being the same.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dedupe/compare.hpp"
#include "dedupe/features.hpp"
#include "dedupe/weights.hpp"

namespace contactd::dedupe {

class Evidence {
 public:
  /// All must outlive it. `features` are those of `stored`.
  Evidence(const Features& candidate, const Features& features, const Party& stored);

  double sum() const { return sum_; }
  /// The most that the score may be, whatever the sum.
  double limit() const;
  std::vector<Reason> reasons() &&;

 private:
  void add(std::string field, std::string_view kind, double weight, std::optional<double> similarity = std::nullopt);
  void compare_names_of_both();
  void compare_values(Kind kind);
  void compare_father_names();
  void compare_accounts();
  void compare_addresses();
  void compare_references();
  std::string field_of(const Value& value) const;
  /// What a household shares is worth less, the less the names agree.
  double shared(double same, double same_other_name) const { return same + strangeness_ * (same_other_name - same); }
  double shared(double same) const { return shared(same, same * weight::shared_by_household); }

  const Features& candidate_;
  const Features& features_;
  const Party& stored_;
  std::vector<Reason> reasons_;
  double sum_ = 0;
  bool has_names_ = false;
  bool names_differ_ = false;
  double strangeness_ = 0;  ///< 0 when the names agree or one is missing, 1 when they are of different people.
  bool separated_ = false;
  bool has_personal_ = false;  ///< A valid identifier of one person agrees.
  bool has_other_than_name_ = false;
  bool has_birth_date_ = false;  ///< And it agrees.
  bool birth_dates_differ_ = false;
  bool name_is_unsure_ = false;    ///< A birth date that agrees makes it sure.
  bool name_is_doubtful_ = false;  ///< Only an identifier makes it sure: twins may be called Ramesh and Rajesh.
};

}  // namespace contactd::dedupe
