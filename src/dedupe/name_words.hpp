// What is known of single words of names.
#pragma once

#include <string_view>

namespace contactd::dedupe {

struct WordFacts {
  bool is_common = false;
  bool is_filler = false;
  bool is_surname = false;
  bool is_given = false;
};

/// Expects a folded word.
WordFacts facts_of(std::string_view folded_word);

bool is_honorific(std::string_view word);
/// Ends the name of a company and says nothing: ltd, private, llp.
bool is_company_form(std::string_view word);
/// Words like "and" and "the" in a company's name.
bool is_link(std::string_view word);

/// The word that a short form stands for (md: mohammad, bros: brothers), or the word itself.
std::string_view long_form_of(std::string_view word, bool is_company);

}  // namespace contactd::dedupe
