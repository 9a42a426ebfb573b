// Appending JSON to a text: the few pieces from which every answer is put together.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace contactd::resource {

/// Appends the text in quotes, escaping what RFC 8259 section 7 requires and nothing else.
void append_json_string(std::string& out, std::string_view text);
void append_json_integer(std::string& out, std::int64_t value);
/// Appends `"name":`, behind a comma unless it is the first. Names need no escaping.
void append_json_member_name(std::string& out, std::string_view name, bool is_first);

/// Writes `{`, the members, and `}` when it goes out of scope.
class JsonObject {
 public:
  explicit JsonObject(std::string& out) : out_(out) { out_ += '{'; }
  ~JsonObject() { out_ += '}'; }
  JsonObject(const JsonObject&) = delete;
  JsonObject& operator=(const JsonObject&) = delete;

  /// Writes `"name":`; the caller appends the value.
  std::string& member(std::string_view name) {
    append_json_member_name(out_, name, first_);
    first_ = false;
    return out_;
  }
  void text(std::string_view name, std::string_view value) { append_json_string(member(name), value); }
  void integer(std::string_view name, std::int64_t value) { append_json_integer(member(name), value); }
  void boolean(std::string_view name, bool value) { member(name) += value ? "true" : "false"; }
  void null(std::string_view name) { member(name) += "null"; }

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace contactd::resource
