// JSON as tokens and JWK Sets need it: read whole, repeated member names refused. Private to this room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace contactd::auth {

struct Json {
  enum class Kind { null, boolean, number, string, array, object };
  static constexpr std::size_t depth_max = 32;

  Kind kind = Kind::null;
  double number = 0;                 ///< Whole numbers are exact up to 2^53; may be infinite when the text overflows.
  std::string text{};                ///< A string's value.
  std::vector<std::string> names{};  ///< An object's member names, in order; unique.
  std::vector<Json> items{};         ///< An array's elements, or an object's values in the order of `names`.

  bool is(Kind wanted) const { return kind == wanted; }
  /// The member of that name; null when there is none or this is no object.
  const Json* find(std::string_view name) const;
};

/// The one JSON value (RFC 8259) that the text is. Nothing for malformed JSON or UTF-8, a byte order mark, trailing
/// data, depth over 32 or a member name that occurs twice in one object (RFC 7515 section 4 and RFC 7519 section 4 let
/// us refuse them).
std::optional<Json> parse_json(std::string_view text);

/// `text` as a JSON string, with its quotes.
std::string json_quoted(std::string_view text);

}  // namespace contactd::auth
