// Placeholders, JSON equality and JSON Pointers.
#include "match.hpp"

#include <algorithm>

namespace contactd::scenario {

using resource::JsonKind;
using resource::JsonValue;

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f');
}
bool is_base32(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z' && c != 'I' && c != 'L' && c != 'O' && c != 'U');
}

bool is_time(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00T00:00:00.000000Z";
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(),
                    [](char c, char s) { return s == '0' ? is_digit(c) : c == s; });
}

struct Placeholder {
  std::string_view name;
  bool (*fits)(std::string_view);
};

constexpr Placeholder placeholders[] = {
    {"<id>",
     [](std::string_view text) { return text.size() == 26 && std::all_of(text.begin(), text.end(), is_base32); }},
    {"<time>", is_time},
    {"<number>",
     [](std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }},
    {"<hex>", [](std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_hex); }},
    {"<any>", [](std::string_view) { return true; }},
};

std::string with(const std::string& at, std::string_view segment) {
  return at + "/" + std::string(segment);
}

std::optional<std::string> object_difference(JsonValue expected, JsonValue actual, const std::string& at) {
  for (const JsonValue member : expected) {
    const auto found = actual.find(member.key());
    if (!found) return with(at, member.key()) + " is missing";
    if (auto different = difference(member, *found, with(at, member.key()))) return different;
  }
  for (const JsonValue member : actual) {
    if (!expected.find(member.key())) return with(at, member.key()) + " is not expected, and is " + as_text(member);
  }
  return std::nullopt;
}

}  // namespace

std::string as_text(JsonValue value) {
  std::string text;
  append_json(text, value);
  return text;
}

bool text_matches(std::string_view pattern, std::string_view text) {
  while (!pattern.empty()) {
    for (const Placeholder& each : placeholders) {
      if (!pattern.starts_with(each.name)) continue;
      const std::string_view rest = pattern.substr(each.name.size());
      for (std::size_t size = text.size() + 1; size-- > 0;) {
        if (each.fits(text.substr(0, size)) && text_matches(rest, text.substr(size))) return true;
      }
      return false;
    }
    if (text.empty() || text.front() != pattern.front()) return false;
    pattern.remove_prefix(1);
    text.remove_prefix(1);
  }
  return text.empty();
}

std::optional<std::string> difference(JsonValue expected, JsonValue actual, const std::string& at) {
  const bool wildcard =
      expected.kind() == JsonKind::string &&
      (expected.text() == "<any>" || (expected.text() == "<number>" && actual.kind() == JsonKind::number));
  if (wildcard) return std::nullopt;
  const std::string unequal = (at.empty() ? "the body" : at) + " is " + as_text(actual) + ", not " + as_text(expected);
  if (expected.kind() != actual.kind()) return unequal;
  switch (expected.kind()) {
    case JsonKind::object:
      return object_difference(expected, actual, at);
    case JsonKind::array: {
      if (expected.size() != actual.size()) return unequal;
      std::size_t index = 0;
      auto other = actual.begin();
      for (const JsonValue item : expected) {
        if (auto different = difference(item, *other, with(at, std::to_string(index++)))) return different;
        ++other;
      }
      return std::nullopt;
    }
    case JsonKind::string:
      return text_matches(expected.text(), actual.text()) ? std::nullopt : std::optional(unequal);
    default:
      return expected.text() == actual.text() ? std::nullopt : std::optional(unequal);
  }
}

std::vector<JsonValue> values_at(JsonValue root, std::string_view pointer) {
  std::vector<JsonValue> values{root};
  while (pointer.starts_with('/')) {
    const std::string_view segment = pointer.substr(1, pointer.substr(1).find('/'));
    pointer.remove_prefix(segment.size() + 1);
    std::vector<JsonValue> next;
    for (const JsonValue value : values) {
      std::size_t index = 0;
      if (value.kind() != JsonKind::object && value.kind() != JsonKind::array) continue;
      for (const JsonValue child : value) {
        const std::string name = value.kind() == JsonKind::object ? std::string(child.key()) : std::to_string(index++);
        if (segment == "*" || name == segment) next.push_back(child);
      }
    }
    values = std::move(next);
  }
  return values;
}

}  // namespace contactd::scenario
