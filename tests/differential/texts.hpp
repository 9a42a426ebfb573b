// Texts that stores might take differently, and the JSON that holds them.
#pragma once

#include <string>

#include "dice.hpp"

namespace contactd::differential {

/// Names of people and companies, as their pattern wants them.
std::string plain_name(Dice& dice);
/// Any text: Indian scripts, accents, combining characters, emoji, what folds its case strangely, wildcards, quotes.
std::string any_text(Dice& dice);
/// A text that a pattern of `resource::Pattern` describes, now and then just not.
std::string text_of_pattern(std::string_view pattern, Dice& dice);
/// One to three characters, or a part of a text that is stored somewhere, in any case.
std::string search_word(Dice& dice);

/// The text as JSON, sometimes with every character escaped.
std::string quoted(std::string_view text, Dice& dice);
/// A value of any kind, right or wrong.
std::string any_json(Dice& dice);
/// An object of the caller's own.
std::string any_object(Dice& dice);
/// A body that is no JSON, or none of the kind that is wanted.
std::string hazardous_body(Dice& dice);

std::string percent_encoded(std::string_view text, Dice& dice);

}  // namespace contactd::differential
