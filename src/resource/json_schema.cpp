// The rules as JSON Schema (draft 2020-12), each as the members of a schema object.
#include "resource/json_write.hpp"
#include "resource/rules.hpp"

namespace contactd::resource {
namespace {

void string_schema(std::string& out, std::size_t length_min, std::size_t length_max, std::string_view pattern) {
  JsonObject schema(out);
  schema.text("type", "string");
  schema.integer("minLength", static_cast<std::int64_t>(length_min));
  schema.integer("maxLength", static_cast<std::int64_t>(length_max));
  if (!pattern.empty()) schema.text("pattern", pattern);
}

}  // namespace

void Matching::schema(std::string& out) const {
  if (!empty_allowed) return string_schema(out, pattern.length_min(), pattern.length_max(), pattern.text());
  out += R"({"anyOf":[{"const":""},)";
  string_schema(out, pattern.length_min(), pattern.length_max(), pattern.text());
  out += "]}";
}

void Verbatim::schema(std::string& out) const {
  string_schema(out, length_min, length_max, {});
}

void Sentence::schema(std::string& out) const {
  Verbatim{length_min, length_max}.schema(out);
}

void Choice::schema(std::string& out) const {
  JsonObject schema(out);
  schema.text("type", "string");
  std::string& list = schema.member("enum");
  list += '[';
  for (const std::string_view word : words) {
    if (word.empty()) break;
    if (word != words.front()) list += ',';
    append_json_string(list, word);
  }
  list += ']';
}

void Reference::schema(std::string& out) const {
  string_schema(out, 8, 50, "^[a-zA-Z0-9._-]{8,50}$");
}
void ReferenceByName::schema(std::string& out) const {
  Matching{pattern}.schema(out);
}
void YesNo::schema(std::string& out) const {
  JsonObject(out).text("type", "boolean");
}

void Whole::schema(std::string& out) const {
  JsonObject schema(out);
  schema.text("type", "integer");
  schema.integer("minimum", minimum);
  schema.integer("maximum", maximum);
}

void Labels::schema(std::string& out) const {
  JsonObject schema(out);
  schema.text("type", "array");
  schema.boolean("uniqueItems", true);
  schema.integer("maxItems", static_cast<std::int64_t>(count_max));
  string_schema(schema.member("items"), 1, length_max, R"(^[^,\u0000-\u001f\u007f]+$)");
}

void AnyObject::schema(std::string& out) const {
  JsonObject(out).text("type", "object");
}

void Instant::schema(std::string& out) const {
  JsonObject schema(out);
  schema.text("type", "string");
  schema.text("format", "date-time");
}

}  // namespace contactd::resource
