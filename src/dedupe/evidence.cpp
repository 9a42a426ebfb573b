// The evidence, field by field. The names come first: what a household shares says less when they differ.
#include "dedupe/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace contactd::dedupe {
namespace {

/// One character more, less or other, or two that changed places.
bool is_one_slip_apart(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (a.size() - b.size() > 1 || a == b) return false;
  std::size_t first = 0;
  while (first < b.size() && a[first] == b[first]) ++first;
  if (a.size() > b.size()) return a.substr(first + 1) == b.substr(first);
  if (a.substr(first + 1) == b.substr(first + 1)) return true;
  return first + 1 < a.size() && a[first] == b[first + 1] && a[first + 1] == b[first] &&
         a.substr(first + 2) == b.substr(first + 2);
}

/// Day and month changed places, or one digit is another.
bool are_near(Kind kind, std::string_view a, std::string_view b) {
  if (is_one_slip_apart(a, b)) return true;
  return kind == Kind::birth_date && a.size() == 10 && b.size() == 10 && a.substr(0, 5) == b.substr(0, 5) &&
         a.substr(5, 2) == b.substr(8, 2) && a.substr(8, 2) == b.substr(5, 2);
}

std::string_view without_zeros(std::string_view number) {
  return number.substr(std::min(number.find_first_not_of('0'), number.size()));
}

/// Whether a valid identifier that belongs to one person or company is the same.
bool share_identifier(const Features& a, const Features& b) {
  return std::any_of(a.values.begin(), a.values.end(), [&](const Value& ours) {
    return ours.is_valid && weights_of(ours.kind).is_personal &&
           std::any_of(b.values.begin(), b.values.end(), [&](const Value& theirs) {
             return theirs.is_valid && theirs.kind == ours.kind && theirs.text == ours.text;
           });
  });
}

/// Nothing is known that could contradict a name.
bool is_a_name_alone(const Features& party) {
  return party.values.empty() && party.father_name.words.empty() && party.ref_id.empty() && party.addresses.empty() &&
         party.accounts.empty();
}

/// The least that a similar name is worth.
double least_of_similar(const NameComparison& names, bool alone) {
  if (!alone) return -std::numeric_limits<double>::infinity();
  if (names.left_out == 0) return weight::name_alone_similar;
  return names.full_words > 1 ? weight::name_alone_left_out : 0;
}

/// Whether the PAN that stands in a GSTIN is passed over: a PAN that was given itself decides.
bool has_own_pan(const Features& party) {
  return std::any_of(party.values.begin(), party.values.end(),
                     [](const Value& value) { return value.kind == Kind::pan && value.is_valid && !value.is_derived; });
}

}  // namespace

Evidence::Evidence(const Features& candidate, const Features& features, const Party& stored)
    : candidate_(candidate),
      features_(features),
      stored_(stored),
      has_personal_(share_identifier(candidate, features)) {
  reasons_.reserve(8);
  compare_names_of_both();
  for (std::size_t kind = 0; kind < kind_count; ++kind) {
    if (static_cast<Kind>(kind) != Kind::father_name) compare_values(static_cast<Kind>(kind));
  }
  compare_father_names();
  compare_accounts();
  compare_addresses();
  compare_references();
}

double Evidence::limit() const {
  if (separated_) return limit::separated;
  if (has_personal_) return 1;
  if (!has_other_than_name_) return limit::name_alone;
  if (!has_names_) return limit::without_name;
  const bool unsure = name_is_doubtful_ || birth_dates_differ_ || (name_is_unsure_ && !has_birth_date_);
  return unsure ? limit::unsure : 1;
}

std::vector<Reason> Evidence::reasons() && {
  std::stable_sort(reasons_.begin(), reasons_.end(),
                   [](const Reason& a, const Reason& b) { return std::abs(a.weight) > std::abs(b.weight); });
  return std::move(reasons_);
}

void Evidence::add(std::string field, std::string_view kind, double weight, std::optional<double> similarity) {
  sum_ += weight;
  if (similarity) similarity = std::round(*similarity * 100) / 100;
  reasons_.push_back({std::move(field), std::string(kind), similarity, std::round(weight * 100) / 100});
}

std::string Evidence::field_of(const Value& value) const {
  return "props/" + stored_.contact.props[value.prop].key;
}

void Evidence::compare_names_of_both() {
  if (candidate_.name.words.empty() || features_.name.words.empty()) return;
  has_names_ = true;
  const NameComparison names = compare_names(candidate_.name, features_.name);
  const double left_out = weight::name_word_left_out * std::min(names.left_out, 3);
  const bool alone = is_a_name_alone(candidate_) || is_a_name_alone(features_);
  switch (names.verdict) {
    case NameVerdict::exact: {
      const double least = alone ? weight::name_alone_exact : weight::name_exact_min;
      name_is_unsure_ = names.full_words == 0;  // S K is many people.
      add("name", "exact", std::clamp(names.agreement, least, weight::name_exact_max));
      break;
    }
    case NameVerdict::similar:
      add("name", "similar",
          std::max(std::min(names.agreement, weight::name_similar_max) + left_out, least_of_similar(names, alone)),
          names.similarity);
      break;
    case NameVerdict::initials:
      name_is_unsure_ = true;
      strangeness_ = weight::strangeness_initials;
      add("name", "similar",
          alone ? std::max(names.agreement + left_out, weight::name_alone_initials) : names.agreement + left_out,
          names.similarity);
      break;
    case NameVerdict::slip:
      name_is_unsure_ = true;
      strangeness_ = weight::strangeness_slip;
      add("name", "similar", names.agreement + left_out + weight::name_slip, names.similarity);
      break;
    case NameVerdict::unclear:
      name_is_doubtful_ = true;
      strangeness_ = weight::strangeness_unclear;
      add("name", "similar", weight::name_unclear, names.similarity);
      break;
    case NameVerdict::other_surname:
      name_is_unsure_ = true;
      add("name", "similar", names.agreement + weight::name_other_surname, names.similarity);
      break;
    case NameVerdict::different:
      names_differ_ = true;
      strangeness_ = 1;
      add("name", "different", has_personal_ ? weight::name_different_same_identifier : weight::name_different,
          names.similarity);
      break;
  }
}

void Evidence::compare_values(Kind kind) {
  const ValueWeights& weights = weights_of(kind);
  const Value* different = nullptr;
  const Value* near = nullptr;
  const bool our_own = kind == Kind::pan && has_own_pan(candidate_);
  const bool their_own = kind == Kind::pan && has_own_pan(features_);
  for (const Value& ours : candidate_.values) {
    if (ours.kind != kind || (our_own && ours.is_derived)) continue;
    for (const Value& theirs : features_.values) {
      if (theirs.kind != kind || (their_own && theirs.is_derived)) continue;
      if (ours.text == theirs.text && ours.is_valid == theirs.is_valid) {
        double weight = !ours.is_valid                               ? weights.same_plain
                        : !ours.is_checked                           ? weights.same_unchecked
                        : kind == Kind::birth_date && !names_differ_ ? weights.same
                                                                     : shared(weights.same, weights.same_other_name);
        if (kind == Kind::birth_date && ours.text.ends_with("-01-01")) weight *= weight::first_of_january_share;
        has_other_than_name_ = true;
        has_birth_date_ = has_birth_date_ || kind == Kind::birth_date;
        return add(field_of(theirs), "exact", weight);
      }
      if (!ours.is_valid || !theirs.is_valid) continue;
      // A wrong check digit is a mistyped number more often than another one. A PAN has none.
      if (kind != Kind::pan && (!ours.is_checked || !theirs.is_checked)) continue;
      different = &theirs;
      if (are_near(kind, ours.text, theirs.text)) near = &theirs;
    }
  }
  if (different == nullptr) return;
  separated_ = separated_ || weights.separates;
  if (near != nullptr && weights.near != 0) {
    has_other_than_name_ = has_other_than_name_ || weights.near > 0;
    add(field_of(*near), "similar", names_differ_ ? std::min(0.0, weights.near) : weights.near, 0.9);
  } else if (weights.different != 0) {
    birth_dates_differ_ = birth_dates_differ_ || kind == Kind::birth_date;
    add(field_of(*different), "different", weights.different);
  }
}

void Evidence::compare_father_names() {
  if (candidate_.father_name.words.empty() || features_.father_name.words.empty()) return;
  const ValueWeights& weights = weights_of(Kind::father_name);
  const NameComparison names = compare_names(candidate_.father_name, features_.father_name);
  std::string field = "props/" + stored_.contact.props[features_.father_prop].key;
  if (names.verdict == NameVerdict::exact || names.verdict == NameVerdict::similar) {
    // Brothers and sisters share it.
    add(std::move(field), names.verdict == NameVerdict::exact ? "exact" : "similar",
        names_differ_ ? weights.same_other_name : weights.same, names.similarity);
  } else if (names.verdict == NameVerdict::different) {
    add(std::move(field), "different", weights.different, names.similarity);
  }
}

void Evidence::compare_accounts() {
  double best = 0;
  for (const Account& ours : candidate_.accounts) {
    for (const Account& theirs : features_.accounts) {
      if (without_zeros(ours.number) != without_zeros(theirs.number)) continue;
      const bool same_branch = ours.ifsc == theirs.ifsc;
      const bool same_bank = same_branch || ours.ifsc.substr(0, 4) == theirs.ifsc.substr(0, 4);
      best = std::max(best, same_branch ? weight::account_same
                            : same_bank ? weight::account_same_bank
                                        : weight::account_other_bank);
    }
  }
  if (best == 0) return;
  has_other_than_name_ = true;
  add("banks/account_no", "exact", shared(best));
}

void Evidence::compare_addresses() {
  double line = -1;
  bool same_pincode = false;
  bool pincodes = false;
  for (const AddressText& ours : candidate_.addresses) {
    for (const AddressText& theirs : features_.addresses) {
      const bool both = !ours.pincode.empty() && !theirs.pincode.empty();
      const bool same = both && ours.pincode == theirs.pincode;
      const bool same_city = !ours.city.empty() && ours.city == theirs.city;
      pincodes = pincodes || both;
      same_pincode = same_pincode || same;
      // The same street in another town is another street.
      if (same || (!both && (same_city || ours.city.empty() || theirs.city.empty()))) {
        line = std::max(line, line_similarity(ours, theirs));
      }
    }
  }
  if (line >= 0.75) {
    has_other_than_name_ = true;
    add("addresses/address_line", line == 1 ? "exact" : "similar", shared(weight::address_same), line);
  } else if (line >= 0.5) {
    add("addresses/address_line", "similar", shared(weight::address_similar), line);
  } else if (same_pincode) {
    add("addresses/pincode", "exact", shared(weight::pincode_same));
  } else if (pincodes) {
    add("addresses/pincode", "different", weight::pincode_different);
  }
}

void Evidence::compare_references() {
  const bool one_space =
      (!candidate_.name_space.empty() && candidate_.name_space == features_.name_space) ||
      (!candidate_.name_space_name.empty() && candidate_.name_space_name == features_.name_space_name);
  if (one_space && !candidate_.ref_id.empty() && candidate_.ref_id == features_.ref_id) {
    has_other_than_name_ = true;
    add("ref_id", "exact", weight::reference_same);
  }
  if (!candidate_.type.empty() && !features_.type.empty() && candidate_.type != features_.type) {
    add("type", "different", weight::type_different);
  }
}

}  // namespace contactd::dedupe
