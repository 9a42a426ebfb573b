// What a reference pattern may hold.
#include "model/namespace.hpp"

#include "resource/json_write.hpp"
#include "resource/text.hpp"

namespace contactd::model {
namespace {

/// `counter` or `counter:0N` with N from 1 to 12.
bool is_counter(std::string_view placeholder) {
  constexpr std::string_view word = "counter";
  if (!placeholder.starts_with(word)) return false;
  placeholder.remove_prefix(word.size());
  if (placeholder.empty()) return true;
  if (!placeholder.starts_with(":0")) return false;
  placeholder.remove_prefix(2);
  constexpr std::string_view widths[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"};
  for (const std::string_view width : widths) {
    if (placeholder == width) return true;
  }
  return false;
}

bool is_date(std::string_view placeholder) {
  return placeholder == "yyyy" || placeholder == "yy" || placeholder == "mm" || placeholder == "dd";
}

bool is_literal(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
         c == '/' || c == '-';
}

}  // namespace

std::optional<resource::Finding> ReferencePattern::check(std::string& value) const {
  const bool was_sent_empty = value.empty();
  value = resource::fold_white_space(value);
  if (value.empty()) {
    return was_sent_empty ? resource::Finding{"too_short", "must have 1 to 50 characters"}
                          : resource::Finding{"blank", "must not be only white space"};
  }
  if (resource::code_points(value) > 50) return resource::Finding{"too_long", "must have 1 to 50 characters"};
  std::size_t counters = 0;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (is_literal(value[at])) continue;
    if (value[at] != '{') {
      return resource::Finding{"invalid_character", "must hold letters, digits, . _ / - and placeholders in braces"};
    }
    const auto end = value.find('}', at);
    const std::string_view placeholder =
        end == std::string::npos ? std::string_view{} : std::string_view(value).substr(at + 1, end - at - 1);
    const bool counter = is_counter(placeholder);
    if (!counter && !is_date(placeholder)) {
      return resource::Finding{
          "invalid_format", "placeholders are {yyyy}, {yy}, {mm}, {dd}, {counter} and {counter:01} to {counter:012}"};
    }
    counters += counter ? 1 : 0;
    at = end;
  }
  if (counters > 1) return resource::Finding{"invalid_format", "must have at most one counter"};
  return std::nullopt;
}

void ReferencePattern::schema(std::string& out) const {
  resource::JsonObject schema(out);
  schema.text("type", "string");
  schema.integer("minLength", 1);
  schema.integer("maxLength", 50);
}

}  // namespace contactd::model
