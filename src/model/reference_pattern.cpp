// Checking a pattern, and making references from it. Both walk it piece by piece in the same way.
#include "model/reference_pattern.hpp"

#include <algorithm>

#include "resource/json_write.hpp"
#include "resource/text.hpp"

namespace contactd::model {
namespace {

/// One piece of a pattern: a literal character, or what stands between two braces.
struct Piece {
  char literal = 0;
  std::string_view placeholder;
};

/// Takes the next piece off the front; nothing when a brace is not closed.
std::optional<Piece> take_piece(std::string_view& pattern) {
  if (pattern.front() != '{') {
    const Piece piece{pattern.front(), {}};
    pattern.remove_prefix(1);
    return piece;
  }
  const auto end = pattern.find('}');
  if (end == std::string_view::npos) return std::nullopt;
  const Piece piece{0, pattern.substr(1, end - 1)};
  pattern.remove_prefix(end + 1);
  return piece;
}

/// The width of `counter` (0) or `counter:0N`; nothing for another placeholder.
std::optional<std::size_t> counter_width(std::string_view placeholder) {
  constexpr std::string_view word = "counter";
  if (!placeholder.starts_with(word)) return std::nullopt;
  placeholder.remove_prefix(word.size());
  if (placeholder.empty()) return 0;
  if (!placeholder.starts_with(":0")) return std::nullopt;
  placeholder.remove_prefix(2);
  for (std::size_t width = 1; width <= 12; ++width) {
    if (placeholder == std::to_string(width)) return width;
  }
  return std::nullopt;
}

/// Where the digits of a date's placeholder stand in `2025-03-26`; nothing for another placeholder.
std::optional<std::string_view> date_digits(std::string_view placeholder, std::string_view day) {
  if (placeholder == "yyyy") return day.substr(0, 4);
  if (placeholder == "yy") return day.substr(2, 2);
  if (placeholder == "mm") return day.substr(5, 2);
  if (placeholder == "dd") return day.substr(8, 2);
  return std::nullopt;
}

bool is_literal(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
         c == '/' || c == '-';
}

std::optional<resource::Finding> check_pieces(std::string_view pattern) {
  constexpr std::string_view any_day = "2025-03-26";
  std::size_t counters = 0;
  while (!pattern.empty()) {
    const auto piece = take_piece(pattern);
    if (piece && piece->literal != 0) {
      if (is_literal(piece->literal)) continue;
      return resource::Finding{"invalid_character", "must hold letters, digits, . _ / - and placeholders in braces"};
    }
    const bool counter = piece && counter_width(piece->placeholder);
    if (!piece || (!counter && !date_digits(piece->placeholder, any_day))) {
      return resource::Finding{
          "invalid_format", "placeholders are {yyyy}, {yy}, {mm}, {dd}, {counter} and {counter:01} to {counter:012}"};
    }
    counters += counter ? 1 : 0;
  }
  if (counters > 1) return resource::Finding{"invalid_format", "must have at most one counter"};
  return std::nullopt;
}

}  // namespace

std::optional<resource::Finding> ReferencePattern::check(std::string& value) const {
  value = resource::fold_white_space(value);
  if (value.empty()) return resource::blank_finding();
  if (resource::code_points(value) > reference_length_max) {
    return resource::Finding{"too_long", "must have 1 to 50 characters"};
  }
  return check_pieces(value);
}

void ReferencePattern::schema(std::string& out) const {
  resource::JsonObject schema(out);
  schema.text("type", "string");
  schema.integer("minLength", 1);
  schema.integer("maxLength", reference_length_max);
}

ReferenceSeries::ReferenceSeries(std::string_view pattern, Time time) {
  const std::string day = format_time(time);
  std::string* side = &before_;
  while (!pattern.empty()) {
    const auto piece = take_piece(pattern);
    if (!piece) break;  // `ReferencePattern` lets no such pattern in
    if (piece->literal != 0) {
      *side += piece->literal;
    } else if (const auto width = counter_width(piece->placeholder)) {
      width_ = *width;
      side = &behind_;
    } else {
      *side += date_digits(piece->placeholder, day).value_or("");
    }
  }
}

std::string ReferenceSeries::reference(std::int64_t number) const {
  const std::string digits = std::to_string(number);
  std::string text = before_;
  if (digits.size() < width_) text.append(width_ - digits.size(), '0');
  return text + digits + behind_;
}

std::int64_t ReferenceSeries::last_number(std::int64_t limit) const {
  const std::size_t around = before_.size() + behind_.size();
  const std::size_t room = around < reference_length_max ? reference_length_max - around : 0;
  if (room == 0 || width_ > room) return -1;
  std::int64_t number = 9;
  for (std::size_t digits = 1; digits < room && number < limit; ++digits) number = number * 10 + 9;
  return std::min(number, limit);
}

}  // namespace contactd::model
