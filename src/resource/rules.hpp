// The rules that a field can have. A rule reads a value from JSON, says everything that is wrong with it, and states
// itself as JSON Schema. Rules are small literal values, so that they can stand in a constexpr table.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/problem.hpp"
#include "resource/json_document.hpp"
#include "resource/path.hpp"
#include "resource/pattern.hpp"
#include "resource/values.hpp"

namespace contactd::resource {

/// What is wrong with a text: a violation without its field.
struct Finding {
  std::string_view code;
  std::string message;
};

/// What is wrong with a text of which nothing is left once white space was folded (contract section 1.2).
Finding blank_finding();

/// A text that matches a published pattern, after white space was folded.
struct Matching {
  Pattern pattern;
  bool empty_allowed = false;
  bool raised = false;  ///< Lower-case letters are raised before the check.
  std::optional<Finding> check(std::string& value) const;
  void schema(std::string& out) const;
  /// As `schema`, with letters of either case where they are raised.
  void request_schema(std::string& out) const;
};

/// A text that is kept verbatim; lengths in code points.
struct Verbatim {
  std::size_t length_min;
  std::size_t length_max;
  std::optional<Finding> check(std::string& value) const;
  void schema(std::string& out) const;
};

/// Plain words: white space folded, no control characters; lengths in code points.
struct Sentence {
  std::size_t length_min;
  std::size_t length_max;
  std::optional<Finding> check(std::string& value) const;
  void schema(std::string& out) const;
};

/// One of a few words.
struct Choice {
  std::array<std::string_view, 10> words;
  std::optional<Finding> check(std::string& value) const;
  void schema(std::string& out) const;
};

/// A well-formed id of a resource in that table; whether it exists is asked in the transaction.
struct Reference {
  std::string_view table;
  static constexpr std::string_view shown_by = "id";  ///< The member that stands for the whole object.
  std::optional<Finding> check(std::string& value) const;
  void schema(std::string& out) const;
};

/// The name of a resource in that table; whether it exists is asked in the transaction.
struct ReferenceByName {
  std::string_view table;
  Pattern pattern;
  static constexpr std::string_view shown_by = "name";
  std::optional<Finding> check(std::string& value) const;
  void schema(std::string& out) const;
};

/// true or false.
struct YesNo {
  void schema(std::string& out) const;
};

/// A whole number in any JSON spelling (`7`, `7.0`, `7e0`).
struct Whole {
  std::int64_t minimum;
  std::int64_t maximum;
  void schema(std::string& out) const;
};

/// Labels: unique, in order, without commas and control characters (contract section 1.2).
struct Labels {
  std::size_t count_max = 50;
  std::size_t length_max = 50;
  void schema(std::string& out) const;
};

/// An object of the caller's own; limits of contract section 1.2.
struct AnyObject {
  std::size_t bytes_max = 16 * 1024;
  std::size_t depth_max = 8;
  void schema(std::string& out) const;
};

/// Set by the service alone.
struct Instant {
  void schema(std::string& out) const;
};

// Reading. Each gives a value, or adds to the violations; null never arrives here.

/// The text of a string value, if it is one and has no U+0000.
std::optional<std::string> read_text(JsonValue json, const Path& at, Violations& violations);

template <class Rule>
concept TextRule = requires(const Rule& rule, std::string& value) {
  { rule.check(value) } -> std::same_as<std::optional<Finding>>;
};

template <TextRule Rule>
void read_value(const Rule& rule, JsonValue json, std::string& value, const Path& at, Violations& violations) {
  auto text = read_text(json, at, violations);
  if (!text) return;
  if (auto finding = rule.check(*text)) {
    violations.push_back({at.text(), std::string(finding->code), std::move(finding->message)});
    return;
  }
  value = std::move(*text);
}

template <TextRule Rule>
void read_value(const Rule& rule, JsonValue json, std::optional<std::string>& value, const Path& at,
                Violations& violations) {
  read_value(rule, json, value.emplace(), at, violations);
}

void read_value(const YesNo& rule, JsonValue json, bool& value, const Path& at, Violations& violations);
void read_value(const Whole& rule, JsonValue json, std::int64_t& value, const Path& at, Violations& violations);
void read_value(const Labels& rule, JsonValue json, std::optional<Tags>& value, const Path& at, Violations& violations);
void read_value(const AnyObject& rule, JsonValue json, std::optional<FreeObject>& value, const Path& at,
                Violations& violations);
void read_value(const ReferenceByName& rule, JsonValue json, Named& value, const Path& at, Violations& violations);
inline void read_value(const Instant&, JsonValue, std::optional<Time>&, const Path&, Violations&) {}

/// A whole number from any JSON spelling of it; nothing when it is no whole number or does not fit 64 bits.
std::optional<std::int64_t> whole_number(std::string_view json_number);

}  // namespace contactd::resource
