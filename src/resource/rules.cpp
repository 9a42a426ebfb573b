// What each rule accepts, and the words for what it does not.
#include "resource/rules.hpp"

#include <algorithm>

#include "base/ulid.hpp"
#include "resource/text.hpp"

namespace contactd::resource {
namespace {

Finding length_finding(bool too_short, std::size_t length_min, std::size_t length_max) {
  return {too_short ? "too_short" : "too_long",
          length_min == length_max
              ? "must have " + std::to_string(length_min) + " characters"
              : "must have " + std::to_string(length_min) + " to " + std::to_string(length_max) + " characters"};
}

std::optional<Finding> check_pattern(const Pattern& pattern, std::string_view value) {
  if (pattern.matches(value)) return std::nullopt;
  const std::string must_match = "must match " + std::string(pattern.text());
  if (!pattern.is_one_class()) return Finding{"invalid_format", must_match};
  const bool characters_fit =
      std::all_of(value.begin(), value.end(), [&](char c) { return pattern.allows_character(c); });
  if (!characters_fit) return Finding{"invalid_character", must_match};
  return length_finding(value.size() < pattern.length_min(), pattern.length_min(), pattern.length_max());
}

void add(Violations& violations, const Path& at, std::string_view code, std::string message) {
  violations.push_back({at.text(), std::string(code), std::move(message)});
}

std::size_t depth_of(JsonValue value) {
  if (value.kind() != JsonKind::object && value.kind() != JsonKind::array) return 0;
  std::size_t deepest = 0;
  for (const JsonValue child : value) deepest = std::max(deepest, depth_of(child));
  return deepest + 1;
}

bool any_text_has_nul(JsonValue value) {
  if (has_nul(value.key())) return true;
  if (value.kind() == JsonKind::string) return has_nul(value.text());
  if (value.kind() != JsonKind::object && value.kind() != JsonKind::array) return false;
  for (const JsonValue child : value) {
    if (any_text_has_nul(child)) return true;
  }
  return false;
}

}  // namespace

Finding blank_finding() {
  return {"blank", "must not be empty or only white space"};
}

std::optional<Finding> Matching::check(std::string& value) const {
  value = fold_white_space(value);
  if (value.empty()) return empty_allowed ? std::nullopt : std::optional(blank_finding());
  if (raised) {
    for (char& c : value) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
  }
  return check_pattern(pattern, value);
}

std::optional<Finding> Verbatim::check(std::string& value) const {
  const std::size_t length = code_points(value);
  if (length < length_min || length > length_max) return length_finding(length < length_min, length_min, length_max);
  return std::nullopt;
}

std::optional<Finding> Sentence::check(std::string& value) const {
  value = fold_white_space(value);
  if (value.empty()) return blank_finding();
  if (has_control_character(value)) return Finding{"invalid_character", "must not have control characters"};
  return Verbatim{length_min, length_max}.check(value);
}

std::optional<Finding> Choice::check(std::string& value) const {
  if (!value.empty() && std::find(words.begin(), words.end(), value) != words.end()) return std::nullopt;
  std::string message = "must be one of ";
  for (const std::string_view word : words) {
    if (word.empty()) break;
    if (word != words.front()) message += ", ";
    message += word;
  }
  return Finding{"not_a_choice", message};
}

std::optional<Finding> Reference::check(std::string& value) const {
  value = fold_white_space(value);
  if (is_well_formed_id(value)) return std::nullopt;
  return Finding{"does_not_exist", "there is no such one in " + std::string(table)};
}

std::optional<Finding> ReferenceByName::check(std::string& value) const {
  return Matching{pattern}.check(value);
}

std::optional<std::string> read_text(JsonValue json, const Path& at, Violations& violations) {
  if (json.kind() != JsonKind::string) {
    add(violations, at, "wrong_type", "must be a string");
    return std::nullopt;
  }
  if (has_nul(json.text())) {
    add(violations, at, "invalid_character", "must not contain U+0000");
    return std::nullopt;
  }
  return std::string(json.text());
}

void read_value(const YesNo&, JsonValue json, bool& value, const Path& at, Violations& violations) {
  if (json.kind() != JsonKind::boolean) return add(violations, at, "wrong_type", "must be true or false");
  value = json.text() == "true";
}

void read_value(const Whole& rule, JsonValue json, std::int64_t& value, const Path& at, Violations& violations) {
  if (json.kind() != JsonKind::number) return add(violations, at, "wrong_type", "must be a whole number");
  const auto number = whole_number(json.text());
  if (!number || *number < rule.minimum || *number > rule.maximum) {
    return add(violations, at, "out_of_range",
               "must be a whole number from " + std::to_string(rule.minimum) + " to " + std::to_string(rule.maximum));
  }
  value = *number;
}

void read_value(const Labels& rule, JsonValue json, std::optional<Tags>& value, const Path& at,
                Violations& violations) {
  if (json.kind() != JsonKind::array) return add(violations, at, "wrong_type", "must be an array of strings");
  if (json.size() > rule.count_max) {
    return add(violations, at, "too_many", "must have at most " + std::to_string(rule.count_max) + " items");
  }
  Tags tags;
  std::size_t index = 0;
  for (const JsonValue item : json) {
    const Path here(at, index++);
    const auto text = read_text(item, here, violations);
    if (!text) continue;
    std::string tag = fold_white_space(*text);
    if (tag.empty()) {
      add(violations, here, "blank", "must have 1 to 50 characters");
    } else if (has_control_character(tag) || tag.find(',') != std::string::npos) {
      add(violations, here, "invalid_character", "must not contain a comma or a control character");
    } else if (code_points(tag) > rule.length_max) {
      add(violations, here, "too_long", "must have 1 to 50 characters");
    } else if (std::find(tags.begin(), tags.end(), tag) != tags.end()) {
      add(violations, here, "duplicate", "stands in the list already");
    } else {
      tags.push_back(std::move(tag));
    }
  }
  value = std::move(tags);
}

void read_value(const AnyObject& rule, JsonValue json, std::optional<FreeObject>& value, const Path& at,
                Violations& violations) {
  if (json.kind() != JsonKind::object) return add(violations, at, "wrong_type", "must be an object");
  if (any_text_has_nul(json)) return add(violations, at, "invalid_character", "must not contain U+0000");
  if (depth_of(json) > rule.depth_max) {
    return add(violations, at, "too_deep", "must have at most " + std::to_string(rule.depth_max) + " levels");
  }
  FreeObject object;
  append_json(object.text, json);
  if (object.text.size() > rule.bytes_max) {
    return add(violations, at, "too_long",
               "must have at most " + std::to_string(rule.bytes_max) + " bytes without insignificant white space");
  }
  value = std::move(object);
}

void read_value(const ReferenceByName& rule, JsonValue json, Named& value, const Path& at, Violations& violations) {
  read_value(rule, json, value.name, at, violations);
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto exponent_at = text.find_first_of("eE");
  std::int64_t exponent = 0;
  if (exponent_at != std::string_view::npos) {
    std::string_view digits = text.substr(exponent_at + 1);
    const bool exponent_negative = digits.starts_with('-');
    if (exponent_negative || digits.starts_with('+')) digits.remove_prefix(1);
    for (const char c : digits) exponent = std::min<std::int64_t>(exponent * 10 + (c - '0'), 10'000'000);
    if (exponent_negative) exponent = -exponent;
    text = text.substr(0, exponent_at);
  }
  // value = all digits of the mantissa x 10^(exponent - digits behind the point)
  std::string digits;
  for (const char c : text) {
    if (c != '.') digits += c;
  }
  if (const auto point = text.find('.'); point != std::string_view::npos) {
    exponent -= static_cast<std::int64_t>(text.size() - point - 1);
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  while (!digits.empty() && digits.back() == '0') {
    digits.pop_back();
    ++exponent;
  }
  if (digits.empty()) return 0;
  if (exponent < 0 || static_cast<std::int64_t>(digits.size()) + exponent > 18) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  for (; exponent > 0; --exponent) value *= 10;
  return negative ? -value : value;
}

}  // namespace contactd::resource
