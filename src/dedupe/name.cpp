// Taking a name apart and folding its words.
#include "dedupe/name.hpp"

#include <algorithm>

#include "dedupe/name_words.hpp"
#include "dedupe/text.hpp"

namespace contactd::dedupe {
namespace {

bool is_vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/// "S/o", "D/o", "W/o", "C/o" at this place: what follows is somebody else's name.
bool is_of_somebody(std::string_view text, std::size_t at) {
  if (at + 3 > text.size() || text[at + 1] != '/' || to_lower(text[at + 2]) != 'o') return false;
  constexpr std::string_view kinds = "sdwc";
  return kinds.find(to_lower(text[at])) != std::string_view::npos && (at == 0 || !is_letter_or_digit(text[at - 1]));
}

struct RawWord {
  std::string text;     ///< In lower case, without apostrophes.
  bool raised = false;  ///< Was written in capitals alone.
};

std::vector<RawWord> split(std::string_view text) {
  std::vector<RawWord> words;
  words.reserve(name_words_max);
  bool inside = false;
  for (std::size_t at = 0; at < text.size() && words.size() <= name_words_max; ++at) {
    const char c = text[at];
    if (!is_letter_or_digit(c)) {
      inside = inside && c == '\'';
      continue;
    }
    if (!inside) {
      if (is_of_somebody(text, at) && !words.empty()) break;
      words.push_back({{}, true});
    }
    inside = true;
    words.back().text += to_lower(c);
    words.back().raised = words.back().raised && (is_upper(c) || is_digit(c));
  }
  return words;
}

/// "M/s" at the beginning arrives as the words m and s.
bool drop_messrs(std::vector<RawWord>& words, std::string_view text) {
  const std::size_t at = text.find_first_not_of(' ');
  if (at == std::string_view::npos || words.size() < 3 || words[0].text != "m" || words[1].text != "s") return false;
  if (text.substr(at + 1, 1) != "/") return false;
  words.erase(words.begin(), words.begin() + 2);
  return true;
}

bool drop_company_forms(std::vector<RawWord>& words) {
  const auto says_nothing = [](const RawWord& word) { return is_company_form(word.text); };
  const bool found = std::any_of(words.begin(), words.end(), says_nothing);
  if (!found || std::all_of(words.begin(), words.end(), says_nothing)) return found;
  // (P) Ltd: a single p before a form is one too.
  for (std::size_t at = 1; at + 1 < words.size(); ++at) {
    if (words[at].text == "p" && is_company_form(words[at + 1].text)) words[at].text = "pvt";
  }
  words.erase(std::remove_if(words.begin(), words.end(), says_nothing), words.end());
  return found;
}

void drop_links(std::vector<RawWord>& words) {
  const auto links = [](const RawWord& word) { return is_link(word.text); };
  if (!std::all_of(words.begin(), words.end(), links)) {
    words.erase(std::remove_if(words.begin(), words.end(), links), words.end());
  }
}

/// A B C Traders = ABC Traders.
void join_letters(std::vector<RawWord>& words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at].text.size() != 1) continue;
    while (at + 1 < words.size() && words[at + 1].text.size() == 1) {
      words[at].text += words[at + 1].text;
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    }
  }
}

bool is_run_of_initials(const RawWord& word, bool all_raised) {
  if (word.text.size() < 2 || word.text.size() > 3 || long_form_of(word.text, false) != word.text) return false;
  if (!std::all_of(word.text.begin(), word.text.end(), is_letter)) return false;
  const bool vowels = std::any_of(word.text.begin(), word.text.end(), [](char c) { return is_vowel(c) || c == 'y'; });
  return !vowels || (word.text.size() == 2 && word.raised && !all_raised);
}

void add_word(Name& name, std::string_view text) {
  if (name.words.size() == name_words_max) return;
  NameWord word;
  word.text = long_form_of(text, name.is_company);
  word.folded = folded_word(word.text);
  word.is_initial = !name.is_company && word.text.size() == 1;
  const WordFacts facts = facts_of(word.folded);
  word.is_common = facts.is_common;
  word.is_filler = facts.is_filler && !name.is_company;
  word.is_surname = facts.is_surname;
  word.is_given = facts.is_given && !name.is_company;
  name.words.push_back(std::move(word));
}

}  // namespace

std::string folded_word(std::string_view word) {
  std::string out;
  out.reserve(word.size());
  const auto put = [&](char c) {
    if (out.empty() || out.back() != c) out += c;
  };
  for (std::size_t at = 0; at < word.size(); ++at) {
    const char c = word[at];
    const char next = at + 1 < word.size() ? word[at + 1] : '\0';
    const char after = at + 2 < word.size() ? word[at + 2] : '\0';
    if (c == 'b' && at == 0 && (next == 'i' || (next == 'e' && after == 'e'))) {
      put('v');  // Bijay = Vijay, Beena = Veena
    } else if (c == 'p' && next == 'h') {
      put('f');
      ++at;
    } else if (c == 'k' && next == 's') {
      put('x');
      at += after == 'h' ? 2 : 1;
    } else if (c == 'h' && at > 0 && !is_vowel(word[at - 1])) {
      continue;
    } else if (c == 'e' && next == 'e') {
      put('i');
      ++at;
    } else if (c == 'o' && next == 'o') {
      put('u');
      ++at;
    } else if (c == 'w') {
      put('v');
    } else if (c == 'y') {
      put('i');
    } else if (c == 'q' || (c == 'c' && next == 'k')) {
      put('k');
    } else {
      put(c);
    }
  }
  return out;
}

Name parsed_name(std::string_view text, bool is_company) {
  Name name;
  std::vector<RawWord> raw = split(text);
  const bool messrs = drop_messrs(raw, text);
  const bool form = drop_company_forms(raw);
  name.is_company = is_company || messrs || form;
  if (name.is_company) {
    drop_links(raw);
    join_letters(raw);
  }
  std::size_t first = 0;
  while (first + 1 < raw.size() && is_honorific(raw[first].text)) ++first;
  const bool all_raised = std::all_of(raw.begin(), raw.end(), [](const RawWord& word) { return word.raised; });
  name.words.reserve(raw.size() - first + 2);
  for (std::size_t at = first; at < raw.size(); ++at) {
    if (!name.is_company && is_run_of_initials(raw[at], all_raised)) {
      for (const char c : raw[at].text) add_word(name, std::string_view(&c, 1));
    } else {
      add_word(name, raw[at].text);
    }
  }
  // Ram Sharma and Kumar Sharma are two people; Mohammad Imran and Imran may be one.
  if (!name.words.empty() && name.words.front().text != "mohammad") name.words.front().is_filler = false;
  return name;
}

}  // namespace contactd::dedupe
