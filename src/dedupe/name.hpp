// Names of people and companies: taken apart, folded to what Indian spellings have in common, and compared.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace contactd::dedupe {

/// One word of a name, in lower case.
struct NameWord {
  std::string text;
  std::string folded;       ///< Without what spellings differ in: Shree = Sri, Laxmi = Lakshmi, Vishvas = Wishwas.
  bool is_initial = false;  ///< One letter, which may stand for any word that begins with it.
  bool is_common = false;   ///< Shared by so many that it says little: Ramesh, Sharma, Traders.
  bool is_filler = false;   ///< Put in or left out at will: Kumar, Devi, Lal.
  bool is_surname = false;  ///< Known to be a family's, wherever it stands.
  bool is_given = false;    ///< Known to be a person's: nobody called Ramesh is written down as Rajesh.
};

/// A name without honorifics (Shri, Smt, M/s, Dr), without S/o and what follows, a company's without Pvt Ltd and the
/// like.
struct Name {
  std::vector<NameWord> words;
  bool is_company = false;
};

inline constexpr std::size_t name_words_max = 8;

/// `is_company` decides how it is read; a name that ends in Ltd or begins with M/s is a company's in any case.
Name parsed_name(std::string_view text, bool is_company);

/// What different spellings of one word have in common. Expects lower case.
std::string folded_word(std::string_view word);

enum class NameVerdict {
  exact,          ///< The same words, in any order.
  similar,        ///< The same up to spelling, initials and words that one side leaves out.
  initials,       ///< No more than one whole word agrees, and initials fit.
  slip,           ///< A word differs by a consonant and is no other known name, or both put in another filler.
  unclear,        ///< A word is nearly the same, and a known name by itself: Ramesh and Rajesh.
  other_surname,  ///< The first name agrees and the last does not: married, or somebody else.
  different,      ///< Another first name, or nothing in common.
};

struct NameComparison {
  NameVerdict verdict = NameVerdict::different;
  double similarity = 0;  ///< 0 to 1.
  double agreement = 0;   ///< Sum of what the agreeing words are worth: rare ones more than common ones.
  int left_out = 0;       ///< Words of one side that the other lacks.
  int full_words = 0;     ///< Agreeing words that are no initials.
};

/// Both must have words.
NameComparison compare_names(const Name& a, const Name& b);

}  // namespace contactd::dedupe
