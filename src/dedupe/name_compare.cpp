// Comparing two names word by word, in any order: first what is the same, then what sounds the same, then what may be a
// slip, then initials; what is left over on both sides decides.
#include <algorithm>
#include <array>

#include "dedupe/jaro_winkler.hpp"
#include "dedupe/name.hpp"
#include "dedupe/weights.hpp"

namespace contactd::dedupe {
namespace {

constexpr double folded_similarity = 0.97;
constexpr double initial_similarity = 0.9;
constexpr double close_similarity = 0.87;    ///< From here on it is another spelling: a vowel, two letters swapped.
constexpr double unclear_similarity = 0.72;  ///< From here on it may be a slip, or somebody else.
constexpr double known_names_similarity_max = 0.86;
constexpr double jaro_winkler_min = 0.78;  ///< Below it the dearer measure would not come to `unclear_similarity`.

/// What agreement on a word is worth, in logarithms of odds: how few people share it.
double worth_of(const NameWord& word) {
  if (word.is_initial) return weight::word_initial;
  if (word.is_filler) return weight::word_filler;
  return word.is_common ? weight::word_common : weight::word_rare;
}

double similarity_of(const NameWord& a, const NameWord& b) {
  if (a.text == b.text) return 1;
  if (a.folded == b.folded) return folded_similarity;
  const std::size_t longer = std::max(a.folded.size(), b.folded.size());
  if (longer < 3 || jaro_winkler(a.folded, b.folded) < jaro_winkler_min) return 0;
  const double distance = spelling_distance(a.folded, b.folded);
  const double similarity = std::max(0.0, 1 - distance / static_cast<double>(std::max<std::size_t>(longer, 5)));
  return a.is_given && b.is_given ? std::min(similarity, known_names_similarity_max) : similarity;
}

/// How the words of two names are paired; `no_pair` where a word has found none.
class Pairing {
 public:
  Pairing(const Name& a, const Name& b) : a_(a.words), b_(b.words) {
    pair_of_a_.fill(no_pair);
    pair_of_b_.fill(no_pair);
  }

  NameComparison compare(bool is_company) {
    pair_full_words(folded_similarity);
    if (!is_company) {
      pair_joined(a_, pair_of_a_, b_, pair_of_b_);
      pair_joined(b_, pair_of_b_, a_, pair_of_a_);
    }
    pair_full_words(close_similarity);
    pair_initials();
    pair_full_words(unclear_similarity);
    return verdict(is_company);
  }

 private:
  static constexpr std::size_t no_pair = name_words_max;
  static constexpr std::size_t joined = name_words_max + 1;
  using Words = std::vector<NameWord>;
  using Pairs = std::array<std::size_t, name_words_max>;

  void pair(std::size_t i, std::size_t j, double similarity) {
    pair_of_a_[i] = j;
    pair_of_b_[j] = i;
    if (similarity < close_similarity) {
      // The first letter is seldom mistyped, and who is called Ramesh is seldom written down as Rajesh.
      const bool another = (a_[i].is_given && b_[j].is_given) || a_[i].folded.front() != b_[j].folded.front();
      (another ? unclear_ : slip_) = true;
      if (!another) result_.agreement += std::min(worth_of(a_[i]), worth_of(b_[j])) / 2;
    } else {
      result_.agreement += std::min(worth_of(a_[i]), worth_of(b_[j])) * similarity;
      result_.full_words += a_[i].is_initial || b_[j].is_initial ? 0 : 1;
    }
    all_exact_ = all_exact_ && similarity == 1;
    alike_ += similarity * static_cast<double>(a_[i].text.size() + b_[j].text.size());
  }

  /// Pairs what is at least so similar, the most similar first.
  void pair_full_words(double similarity_min) {
    while (true) {
      double best = similarity_min;
      std::size_t best_i = no_pair;
      std::size_t best_j = no_pair;
      for (std::size_t i = 0; i < a_.size(); ++i) {
        if (pair_of_a_[i] != no_pair) continue;
        for (std::size_t j = 0; j < b_.size(); ++j) {
          if (pair_of_b_[j] != no_pair) continue;
          const double similarity = similarity_of(a_[i], b_[j]);
          if (similarity < best || (similarity == best && best_i != no_pair)) continue;
          best = similarity;
          best_i = i;
          best_j = j;
        }
      }
      if (best_i == no_pair) return;
      pair(best_i, best_j, best);
    }
  }

  /// Ramkumar on one side, Ram Kumar on the other.
  void pair_joined(const Words& long_side, Pairs& long_pairs, const Words& short_side, Pairs& short_pairs) {
    for (std::size_t i = 0; i < long_side.size(); ++i) {
      if (long_pairs[i] != no_pair || long_side[i].text.size() < 6) continue;
      for (std::size_t j = 0; j + 1 < short_side.size(); ++j) {
        if (short_pairs[j] != no_pair || short_pairs[j + 1] != no_pair) continue;
        if (folded_word(short_side[j].text + short_side[j + 1].text) != long_side[i].folded) continue;
        long_pairs[i] = short_pairs[j] = short_pairs[j + 1] = joined;
        result_.agreement += worth_of(long_side[i]);
        result_.full_words += 2;
        all_exact_ = false;
        alike_ += folded_similarity * static_cast<double>(2 * long_side[i].text.size());
        break;
      }
    }
  }

  void pair_initials() {
    for (std::size_t i = 0; i < a_.size(); ++i) {
      for (std::size_t j = 0; j < b_.size() && pair_of_a_[i] == no_pair; ++j) {
        if (pair_of_b_[j] != no_pair || (!a_[i].is_initial && !b_[j].is_initial)) continue;
        if (a_[i].folded.front() != b_[j].folded.front() && a_[i].text.front() != b_[j].text.front()) continue;
        pair(i, j, initial_similarity);
        initial_ = true;
      }
    }
  }

  static int count_left(const Words& words, const Pairs& pairs, bool fillers) {
    int count = 0;
    for (std::size_t at = 0; at < words.size(); ++at) {
      count += pairs[at] == no_pair && (fillers || !words[at].is_filler) ? 1 : 0;
    }
    return count;
  }

  /// Both begin with the same first name, and only what follows differs.
  bool first_names_agree() const {
    return pair_of_a_[0] == 0 && pair_of_b_[0] == 0 && !a_[0].is_initial && !b_[0].is_initial && !a_[0].is_surname &&
           !b_[0].is_surname && !unclear_ && !slip_;
  }

  NameComparison verdict(bool is_company) {
    const int left_a = count_left(a_, pair_of_a_, false);
    const int left_b = count_left(b_, pair_of_b_, false);
    const int all_left_a = count_left(a_, pair_of_a_, true);
    const int all_left_b = count_left(b_, pair_of_b_, true);
    const int left = all_left_a + all_left_b;
    result_.left_out = left;
    result_.similarity = std::min(1.0, alike_ / static_cast<double>(letters(a_) + letters(b_)));
    if (all_exact_ && left == 0) {
      result_.verdict = NameVerdict::exact;
    } else if (left_a > 0 && left_b > 0) {
      result_.verdict = !is_company && first_names_agree() ? NameVerdict::other_surname : NameVerdict::different;
    } else if (result_.full_words == 0 && !unclear_ && !slip_) {
      result_.verdict = NameVerdict::different;
    } else if (unclear_) {
      result_.verdict = NameVerdict::unclear;
    } else if (slip_ || (all_left_a > 0 && all_left_b > 0)) {
      result_.verdict = NameVerdict::slip;
    } else if (initial_ && result_.full_words < 2) {
      result_.verdict = NameVerdict::initials;
    } else {
      result_.verdict = NameVerdict::similar;
    }
    return result_;
  }

  static std::size_t letters(const Words& words) {
    std::size_t count = 0;
    for (const NameWord& word : words) count += word.text.size();
    return count;
  }

  const Words& a_;
  const Words& b_;
  Pairs pair_of_a_{};
  Pairs pair_of_b_{};
  bool unclear_ = false;
  bool slip_ = false;
  bool initial_ = false;
  bool all_exact_ = true;
  double alike_ = 0;
  NameComparison result_;
};

}  // namespace

NameComparison compare_names(const Name& a, const Name& b) {
  return Pairing(a, b).compare(a.is_company || b.is_company);
}

}  // namespace contactd::dedupe
