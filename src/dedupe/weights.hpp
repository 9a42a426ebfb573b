// Every weight of the score, in logarithms of odds; docs/decisions/dedupe.md explains them. Tuned by bench/dedupe.
#pragma once

#include <array>

#include "dedupe/prop_kinds.hpp"

namespace contactd::dedupe {

/// What one kind of value is worth.
struct ValueWeights {
  double same;             ///< Both valid and equal.
  double same_other_name;  ///< The same, though the names are of different people: what a household shares.
  double near;             ///< One slip of a key away from equal.
  double different;        ///< Both sides have valid ones, and none is shared.
  double same_unchecked;   ///< Equal and of the right form, but with a wrong check digit or the like.
  double same_plain;       ///< Equal, but not of the form of their kind.
  bool is_personal;        ///< Belongs to one person or company alone.
  bool separates;          ///< Two different ones are two people, whatever else is the same.
};

inline constexpr std::array<ValueWeights, kind_count> value_weights{{
    // same, with another name, near, different, unchecked, plain, personal, separates
    {9.0, 9.0, -1.0, -7.0, 9.0, 4.2, true, true},   // pan
    {1.0, 1.0, 0.0, 0.0, 1.0, 4.2, true, false},    // gstin, besides the PAN in it
    {9.0, 9.0, -1.0, -6.0, 5.0, 4.2, true, true},   // aadhaar
    {8.0, 8.0, 0.5, -1.5, 7.0, 4.2, true, false},   // passport: renewed ones have another number
    {8.0, 8.0, 0.5, -2.0, 5.5, 4.2, true, false},   // voter id
    {8.0, 8.0, 0.5, -2.0, 6.0, 4.2, true, false},   // driving licence
    {9.0, 9.0, -1.0, -6.0, 7.0, 4.2, true, true},   // cin
    {8.0, 8.0, 0.5, -1.0, 8.0, 4.2, true, false},   // udyam
    {4.2, 1.2, 1.0, -0.8, 4.2, 3.0, false, false},  // phone
    {4.4, 1.5, 1.5, -0.4, 4.4, 0.0, false, false},  // email
    {4.8, 1.5, 1.2, -4.0, 4.8, 0.0, false, false},  // birth date
    {1.0, 0.0, 0.0, -1.2, 1.0, 0.0, false, false},  // father's name
}};

constexpr const ValueWeights& weights_of(Kind kind) {
  return value_weights[static_cast<std::size_t>(kind)];
}

namespace weight {

/// What has to be overcome: most pairs that share some key are two people.
inline constexpr double prior = -4.0;

/// What a word of a name is worth that agrees.
inline constexpr double word_rare = 2.3;
inline constexpr double word_common = 1.4;
inline constexpr double word_filler = 0.6;  ///< Kumar, Devi, Lal.
inline constexpr double word_initial = 0.3;

inline constexpr double name_exact_min = 4.1;  ///< The same name is worth a look, however common it is.
inline constexpr double name_exact_max = 5.0;
inline constexpr double name_similar_max = 4.2;
/// Where one side is nothing but a name, and so nothing can contradict: worth a look, and never a match.
inline constexpr double name_alone_exact = 4.45;
inline constexpr double name_alone_similar = 4.15;
inline constexpr double name_alone_left_out = 4.03;  ///< One side has a word more.
inline constexpr double name_alone_initials = 4.05;
inline constexpr double name_word_left_out = -0.4;
inline constexpr double name_unclear = -2.0;
inline constexpr double name_slip = -0.8;  ///< Beside what the words are worth.
/// How much of what a household shares is discounted, when the names may be of two of its members.
inline constexpr double strangeness_unclear = 0.5;
inline constexpr double strangeness_slip = 0.2;
inline constexpr double strangeness_initials = 0.2;
inline constexpr double name_other_surname = -2.5;  ///< Beside what the first name is worth.
inline constexpr double name_different = -6.0;
inline constexpr double name_different_same_identifier = -4.5;  ///< Married, or mistyped: somebody has to look.

inline constexpr double address_same = 2.6;
inline constexpr double address_similar = 1.2;
inline constexpr double pincode_same = 0.6;
inline constexpr double pincode_different = -0.4;
inline constexpr double account_same = 5.5;
inline constexpr double account_same_bank = 4.5;  ///< The same number, another branch: branches merge.
inline constexpr double account_other_bank = 1.5;
inline constexpr double reference_same = 4.5;
inline constexpr double type_different = -1.5;
inline constexpr double first_of_january_share = 0.5;  ///< So many have it for want of a known date.
inline constexpr double shared_by_household = 0.4;  ///< Of address and account, when the names are of different people.

}  // namespace weight

namespace limit {

inline constexpr double separated = 0.6;  ///< Two valid PANs, or Aadhaar numbers, or CINs.
inline constexpr double name_alone = 0.8;
/// Initials, a slip or another surname without a birth date that agrees; names or birth dates of two people.
inline constexpr double unsure = 0.84;
inline constexpr double without_name = 0.84;  ///< Telephone and e-mail are shared by a household; only a name tells.

}  // namespace limit
}  // namespace contactd::dedupe
