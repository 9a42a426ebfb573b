// JSON text to tree, on Boost.JSON's strict push parser (docs/decisions/json.md says why that one).
#include "resource/json_document.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>

#include "resource/json_write.hpp"

namespace contactd::resource {

namespace json = boost::json;

/// Receives the parser's events and lays the nodes down in the order of the text.
class JsonTreeBuilder {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  JsonDocument document;
  bool duplicate_key = false;

  using Ec = json::error_code&;
  bool on_document_begin(Ec) { return true; }
  bool on_document_end(Ec) { return true; }
  bool on_object_begin(Ec) { return open(JsonKind::object); }
  bool on_array_begin(Ec) { return open(JsonKind::array); }
  bool on_object_end(std::size_t size, Ec ec) {
    const std::uint32_t index = open_.back();
    close(size);
    if (has_duplicate_key(index)) {
      duplicate_key = true;
      ec = json::error::extra_data;
      return false;
    }
    return true;
  }
  bool on_array_end(std::size_t size, Ec) {
    close(size);
    return true;
  }
  bool on_string_part(std::string_view part, std::size_t, Ec) { return append(part); }
  bool on_string(std::string_view part, std::size_t, Ec) { return finish(part, JsonKind::string); }
  bool on_key_part(std::string_view part, std::size_t, Ec) { return append(part); }
  bool on_key(std::string_view part, std::size_t, Ec) {
    append(part);
    key_start_ = text_start_;
    key_size_ = size_of_texts() - text_start_;
    text_start_ = size_of_texts();
    return true;
  }
  bool on_number_part(std::string_view part, Ec) { return append(part); }
  bool on_int64(std::int64_t, std::string_view part, Ec) { return finish(part, JsonKind::number); }
  bool on_uint64(std::uint64_t, std::string_view part, Ec) { return finish(part, JsonKind::number); }
  bool on_double(double, std::string_view part, Ec) { return finish(part, JsonKind::number); }
  bool on_bool(bool value, Ec) { return finish(value ? "true" : "false", JsonKind::boolean); }
  bool on_null(Ec) { return finish({}, JsonKind::null); }
  bool on_comment_part(std::string_view, Ec) { return true; }
  bool on_comment(std::string_view, Ec) { return true; }

 private:
  std::uint32_t size_of_texts() const { return static_cast<std::uint32_t>(document.texts_.size()); }
  bool append(std::string_view part) {
    document.texts_.append(part);
    return true;
  }
  bool finish(std::string_view part, JsonKind kind) {
    append(part);
    add(kind);
    document.nodes_.back().after = static_cast<std::uint32_t>(document.nodes_.size());
    return true;
  }
  void add(JsonKind kind) {
    document.nodes_.push_back({kind, key_start_, key_size_, text_start_, size_of_texts() - text_start_, 0, 0});
    text_start_ = size_of_texts();
    key_size_ = 0;
  }
  bool open(JsonKind kind) {
    add(kind);
    open_.push_back(static_cast<std::uint32_t>(document.nodes_.size() - 1));
    return true;
  }
  void close(std::size_t size) {
    JsonDocument::Node& node = document.nodes_[open_.back()];
    node.size = static_cast<std::uint32_t>(size);
    node.after = static_cast<std::uint32_t>(document.nodes_.size());
    open_.pop_back();
  }
  bool has_duplicate_key(std::uint32_t object) {
    keys_.clear();
    const auto& nodes = document.nodes_;
    for (std::uint32_t child = object + 1; child != nodes[object].after; child = nodes[child].after) {
      keys_.push_back(std::string_view(document.texts_).substr(nodes[child].key_start, nodes[child].key_size));
    }
    std::sort(keys_.begin(), keys_.end());
    return std::adjacent_find(keys_.begin(), keys_.end()) != keys_.end();
  }

  std::vector<std::uint32_t> open_;
  std::vector<std::string_view> keys_;
  std::uint32_t key_start_ = 0, key_size_ = 0, text_start_ = 0;
};

namespace {

std::string_view reason_of(const json::error_code& error) {
  if (error == json::error::too_deep) return "nested deeper than 32 levels";
  if (error == json::error::incomplete) return "the text ends too early";
  if (error == json::error::extra_data) return "there is something behind the value";
  if (error == json::error::illegal_leading_surrogate || error == json::error::illegal_trailing_surrogate ||
      error == json::error::expected_utf16_escape) {
    return "a lone surrogate";
  }
  if (error == json::error::exponent_overflow) return "a number's exponent is too large";
  return "not JSON (RFC 8259)";
}

bool is_json_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

std::variant<JsonDocument, JsonError> JsonDocument::parse(std::string_view text) {
  json::parse_options options;
  options.max_depth = json_depth_max;
  json::basic_parser<JsonTreeBuilder> parser(options);
  JsonTreeBuilder& builder = parser.handler();
  builder.document.nodes_.reserve(text.size() / 16 + 4);
  builder.document.texts_.reserve(text.size());
  json::error_code error;
  std::size_t offset = parser.write_some(false, text.data(), text.size(), error);
  if (builder.duplicate_key) return JsonError{offset, "an object has the same key twice"};
  if (error) return JsonError{offset, reason_of(error)};
  while (offset < text.size() && is_json_space(text[offset])) ++offset;
  if (offset < text.size()) return JsonError{offset, "there is something behind the value"};
  return std::move(builder.document);
}

JsonKind JsonValue::kind() const {
  return document_->nodes_[index_].kind;
}
std::size_t JsonValue::size() const {
  return document_->nodes_[index_].size;
}

std::string_view JsonValue::text() const {
  const auto& node = document_->nodes_[index_];
  return std::string_view(document_->texts_).substr(node.text_start, node.text_size);
}

std::string_view JsonValue::key() const {
  const auto& node = document_->nodes_[index_];
  return std::string_view(document_->texts_).substr(node.key_start, node.key_size);
}

JsonValue::Iterator& JsonValue::Iterator::operator++() {
  index_ = document_->nodes_[index_].after;
  return *this;
}

JsonValue::Iterator JsonValue::begin() const {
  const auto& node = document_->nodes_[index_];
  return {document_, node.size == 0 ? node.after : index_ + 1};
}

JsonValue::Iterator JsonValue::end() const {
  return {document_, document_->nodes_[index_].after};
}

std::optional<JsonValue> JsonValue::find(std::string_view key) const {
  if (kind() != JsonKind::object) return std::nullopt;
  for (const JsonValue member : *this) {
    if (member.key() == key) return member;
  }
  return std::nullopt;
}

void append_json(std::string& out, JsonValue value) {
  switch (value.kind()) {
    case JsonKind::null:
      out += "null";
      return;
    case JsonKind::boolean:
    case JsonKind::number:
      out += value.text();
      return;
    case JsonKind::string:
      append_json_string(out, value.text());
      return;
    case JsonKind::array:
    case JsonKind::object:
      break;
  }
  const bool is_object = value.kind() == JsonKind::object;
  out += is_object ? '{' : '[';
  bool first = true;
  for (const JsonValue child : value) {
    if (!first) out += ',';
    first = false;
    if (is_object) {
      append_json_string(out, child.key());
      out += ':';
    }
    append_json(out, child);
  }
  out += is_object ? '}' : ']';
}

}  // namespace contactd::resource
