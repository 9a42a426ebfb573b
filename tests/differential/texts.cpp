// Pools are small on purpose, so that the same comes again: as a duplicate, as a tie, as a search that finds.
#include "texts.hpp"

#include <algorithm>
#include <vector>

#include "resource/json_write.hpp"
#include "word_lists.hpp"

namespace contactd::differential {
namespace {

std::string lowered(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return text;
}
std::string raised(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c & ~0x20) : c;
  return text;
}

/// Where each code point begins, and the end.
std::vector<std::size_t> code_points(std::string_view text) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) starts.push_back(i);
  }
  starts.push_back(text.size());
  return starts;
}

/// The characters of the piece of a pattern that begins at `at`, which moves behind it.
std::string characters_of(std::string_view pattern, std::size_t& at) {
  if (pattern[at] != '[') return std::string(1, pattern[at++]);
  std::string characters;
  for (++at; pattern[at] != ']'; ++at) {
    if (pattern[at] == '\\') {
      characters += pattern[++at] == 's' ? ' ' : pattern[at];
    } else if (pattern[at + 1] == '-' && pattern[at + 2] != ']') {
      for (char c = pattern[at]; c <= pattern[at + 2]; ++c) characters += c;
      at += 2;
    } else {
      characters += pattern[at];
    }
  }
  ++at;
  return characters;
}

std::size_t number_at(std::string_view pattern, std::size_t& at) {
  std::size_t number = 0;
  for (; pattern[at] >= '0' && pattern[at] <= '9'; ++at)
    number = number * 10 + static_cast<std::size_t>(pattern[at] - '0');
  return number;
}

}  // namespace

std::string plain_name(Dice& dice) {
  return std::string(dice.pick(names));
}

std::string any_text(Dice& dice) {
  if (dice.chance(20)) return plain_name(dice);
  std::string text(dice.pick(pieces));
  for (std::size_t more = dice.below(4); more > 0; --more) {
    if (dice.chance(50)) text += ' ';
    text += dice.pick(pieces);
  }
  return text;
}

std::string text_of_pattern(std::string_view pattern, Dice& dice) {
  std::string text;
  for (std::size_t at = 1; pattern[at] != '$';) {
    const std::string characters = characters_of(pattern, at);
    std::size_t least = 1, most = 1;
    if (pattern[at] == '{') {
      least = most = number_at(pattern, ++at);
      if (pattern[at] == ',') most = number_at(pattern, ++at);
      ++at;
    }
    std::size_t count = least + dice.below(std::min<std::size_t>(most - least + 1, 6));
    if (dice.chance(4)) count = most;
    if (dice.chance(1)) count = most + 1;
    while (count-- > 0)
      text += dice.chance(50) ? characters[dice.below(std::min<std::size_t>(characters.size(), 2))]
                              : characters[dice.below(characters.size())];
  }
  return text;
}

std::string search_word(Dice& dice) {
  static constexpr std::string_view of_json[] = {"1.10", "1.1", "1",     "0",     "7",    "true",
                                                 "null", "e",   "1e400", "field", "67890"};
  if (dice.chance(8)) return std::string(dice.pick(of_json));
  const std::string text = any_text(dice);
  const auto starts = code_points(text);
  const std::size_t size = starts.size() - 1;
  const std::size_t from = dice.below(size);
  const std::size_t most = dice.chance(60) ? std::min<std::size_t>(size - from, 3) : size - from;
  std::string word = text.substr(starts[from], starts[from + 1 + dice.below(most)] - starts[from]);
  if (dice.chance(20)) word = lowered(std::move(word));
  if (dice.chance(20)) word = raised(std::move(word));
  return word;
}

std::string quoted(std::string_view text, Dice& dice) {
  std::string json;
  resource::append_json_string(json, text);
  if (!dice.chance(5)) return json;
  std::string escaped;
  for (const char c : json) {
    static constexpr std::string_view digits = "0123456789abcdef";
    const bool is_plain = (c >= 'a' && c <= 'z') && escaped.size() > 1 && escaped.back() != '\\';
    if (is_plain) {
      (escaped += R"(\u00)") += digits[static_cast<unsigned char>(c) >> 4];
      escaped += digits[c & 15];
    } else {
      escaped += c;
    }
  }
  return json.find('\\') == std::string::npos && json.find('{') == std::string::npos ? escaped : json;
}

std::string any_json(Dice& dice) {
  return dice.chance(15) ? quoted(any_text(dice), dice) : std::string(dice.pick(values));
}

std::string any_object(Dice& dice) {
  return std::string(dice.pick(objects));
}

std::string hazardous_body(Dice& dice) {
  return dice.chance(15) ? any_json(dice) : std::string(dice.pick(hazards));
}

std::string percent_encoded(std::string_view text, Dice& dice) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
        c == '_') {
      encoded += c;
    } else if (c == ' ' && dice.chance(50)) {
      encoded += "%20";
    } else {
      encoded += '%';
      encoded += digits[byte >> 4];
      encoded += digits[byte & 15];
    }
  }
  return encoded;
}

}  // namespace contactd::differential
