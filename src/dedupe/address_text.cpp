// Words of an address line, and what two lines have in common.
#include "dedupe/address_text.hpp"

#include <algorithm>
#include <array>

#include "dedupe/identifiers.hpp"
#include "dedupe/jaro_winkler.hpp"
#include "dedupe/text.hpp"

namespace contactd::dedupe {
namespace {

constexpr std::size_t words_max = 16;

constexpr std::array<std::string_view, 16> empty_words{"no",       "number", "hno",   "near", "nr",   "opp",
                                                       "opposite", "behind", "house", "flat", "plot", "door",
                                                       "shop",     "the",    "at",    "po"};
struct ShortForm {
  std::string_view short_form;
  std::string_view long_form;
};
constexpr std::array<ShortForm, 20> short_forms{{{"rd", "road"},
                                                 {"st", "street"},
                                                 {"apt", "apartment"},
                                                 {"apts", "apartment"},
                                                 {"apartments", "apartment"},
                                                 {"bldg", "building"},
                                                 {"flr", "floor"},
                                                 {"fl", "floor"},
                                                 {"sec", "sector"},
                                                 {"soc", "society"},
                                                 {"col", "colony"},
                                                 {"ngr", "nagar"},
                                                 {"extn", "extension"},
                                                 {"ext", "extension"},
                                                 {"mkt", "market"},
                                                 {"vill", "village"},
                                                 {"dist", "district"},
                                                 {"ln", "lane"},
                                                 {"blk", "block"},
                                                 {"crs", "cross"}}};

void add_word(std::vector<std::string>& words, std::string&& word) {
  if (words.size() == words_max || std::find(empty_words.begin(), empty_words.end(), word) != empty_words.end()) return;
  const auto* found = std::find_if(short_forms.begin(), short_forms.end(),
                                   [&](const ShortForm& form) { return form.short_form == word; });
  words.push_back(found == short_forms.end() ? std::move(word) : std::string(found->long_form));
}

double worth_of(std::string_view word) {
  return is_digit(word.front()) ? 1.5 : 1;
}

bool are_alike(std::string_view a, std::string_view b) {
  if (a == b) return true;
  return !is_digit(a.front()) && !is_digit(b.front()) && a.size() > 3 && b.size() > 3 && jaro_winkler(a, b) >= 0.9;
}

}  // namespace

AddressText parsed_address(const model::Address& address) {
  AddressText parsed;
  if (address.address_line) {
    parsed.words.reserve(words_max);
    std::string word;
    for (const char c : *address.address_line) {
      // 12B, 12-B and 12 B are one flat: letters and digits are always apart.
      const bool breaks = !is_letter_or_digit(c) || (!word.empty() && is_digit(word.back()) != is_digit(c));
      if (breaks && !word.empty()) add_word(parsed.words, std::exchange(word, {}));
      if (is_letter_or_digit(c)) word += to_lower(c);
    }
    if (!word.empty()) add_word(parsed.words, std::move(word));
  }
  if (address.pincode) parsed.pincode = normalised_pincode(*address.pincode).value_or("");
  if (address.city) parsed.city = folded(*address.city);
  return parsed;
}

double line_similarity(const AddressText& a, const AddressText& b) {
  if (a.words.empty() || b.words.empty()) return -1;
  double all = 0;
  double same = 0;
  std::array<bool, words_max> used{};
  for (const std::string& word : b.words) all += worth_of(word);
  for (const std::string& word : a.words) {
    all += worth_of(word);
    for (std::size_t at = 0; at < b.words.size(); ++at) {
      if (used[at] || !are_alike(word, b.words[at])) continue;
      used[at] = true;
      same += worth_of(word) + worth_of(b.words[at]);
      break;
    }
  }
  return same / all;
}

}  // namespace contactd::dedupe
