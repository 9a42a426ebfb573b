// A JSON text as a tree that keeps what the contract needs: number texts, key order, and where a text went wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace contactd::resource {

enum class JsonKind : std::uint8_t { null, boolean, number, string, array, object };

class JsonDocument;

/// A place in a document; valid as long as the document is.
class JsonValue {
 public:
  JsonKind kind() const;
  bool is_null() const { return kind() == JsonKind::null; }
  /// The decoded string, the number as it was written, or `true` or `false`.
  std::string_view text() const;
  /// The member's name, when this value is a member of an object.
  std::string_view key() const;
  /// Number of elements or members.
  std::size_t size() const;
  bool is_empty() const { return size() == 0; }

  class Iterator {
   public:
    Iterator(const JsonDocument* document, std::uint32_t index) : document_(document), index_(index) {}
    JsonValue operator*() const { return {document_, index_}; }
    Iterator& operator++();
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const JsonDocument* document_;
    std::uint32_t index_;
  };
  /// Elements or members, in the order of the text.
  Iterator begin() const;
  Iterator end() const;
  /// The member of that name; nothing when there is none or this is no object.
  std::optional<JsonValue> find(std::string_view key) const;

 private:
  friend class JsonDocument;
  JsonValue(const JsonDocument* document, std::uint32_t index) : document_(document), index_(index) {}
  const JsonDocument* document_;
  std::uint32_t index_;
};

/// Why a text is not JSON as the contract wants it (section 1.1, JSON hazards).
struct JsonError {
  std::size_t offset;  ///< In bytes, from 0.
  std::string_view reason;
};

inline constexpr std::size_t json_depth_max = 32;

class JsonDocument {
 public:
  /// Strict RFC 8259: UTF-8 only, no byte order mark, no duplicate keys, no lone surrogates, no raw control characters,
  /// nothing behind the value, at most `json_depth_max` levels. `\u0000` is let through: fields refuse it themselves.
  static std::variant<JsonDocument, JsonError> parse(std::string_view text);

  JsonValue root() const { return {this, 0}; }

 private:
  friend class JsonValue;
  friend class JsonTreeBuilder;
  struct Node {
    JsonKind kind;
    std::uint32_t key_start, key_size;
    std::uint32_t text_start, text_size;
    std::uint32_t size;   // elements or members
    std::uint32_t after;  // index of the node behind this one and all below it
  };
  std::vector<Node> nodes_;
  std::string texts_;  // decoded strings and number texts, back to back
};

/// Appends the value without insignificant white space, number texts and key order kept.
void append_json(std::string& out, JsonValue value);

}  // namespace contactd::resource
