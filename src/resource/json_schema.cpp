// The rules as JSON Schema (draft 2020-12), each as a schema object, and the members that all resources have.
#include "resource/json_schema.hpp"

namespace contactd::resource {
namespace {

void string_schema(std::string& out, std::size_t length_min, std::size_t length_max, std::string_view pattern) {
  JsonObject schema(out);
  schema.text("type", "string");
  schema.integer("minLength", static_cast<std::int64_t>(length_min));
  schema.integer("maxLength", static_cast<std::int64_t>(length_max));
  if (!pattern.empty()) schema.text("pattern", pattern);
}

void matching_schema(std::string& out, const Matching& rule, std::string_view pattern) {
  if (!rule.empty_allowed) return string_schema(out, rule.pattern.length_min(), rule.pattern.length_max(), pattern);
  // One schema, not a choice of two: readers and generators of clients are shown a text.
  string_schema(out, 0, rule.pattern.length_max(), "^$|" + std::string(pattern));
}

constexpr std::string_view identity_pattern = "^[a-zA-Z0-9._-]{8,50}$";

}  // namespace

void Matching::schema(std::string& out) const {
  matching_schema(out, *this, pattern.text());
}

void Matching::request_schema(std::string& out) const {
  std::string text(pattern.text());
  constexpr std::string_view upper = "A-Z";
  if (raised && text.find("a-z") == std::string::npos) {
    for (std::size_t at = text.find(upper); at != std::string::npos; at = text.find(upper, at + 6)) {
      text.insert(at + upper.size(), "a-z");
    }
  }
  matching_schema(out, *this, text);
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
  string_schema(out, 8, 50, identity_pattern);
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
  string_schema(schema.member("items"), 1, length_max, R"(^[^,\u0000-\u001f\u007f-\u009f]+$)");
}

void AnyObject::schema(std::string& out) const {
  JsonObject(out).text("type", "object");
}

void Instant::schema(std::string& out) const {
  JsonObject schema(out);
  schema.text("type", "string");
  schema.text("format", "date-time");
  schema.text("pattern", R"(^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$)");
}

std::string either(const std::string& one, const std::string& other) {
  return R"({"oneOf":[)" + one + ',' + other + "]}";
}

std::string& ObjectSchema::property(std::string_view name, bool required) {
  if (!properties_.empty()) properties_ += ',';
  append_json_string(properties_, name);
  if (required) {
    if (!required_.empty()) required_ += ',';
    append_json_string(required_, name);
  }
  return properties_ += ':';
}

void ObjectSchema::ignored(std::string_view name) {
  property(name, false) += R"({"description":"Set by the service; accepted and ignored.","readOnly":true})";
}

std::string ObjectSchema::text() const {
  std::string out = R"({"type":"object","properties":{)" + properties_ + "}";
  if (!required_.empty()) out += R"(,"required":[)" + required_ + "]";
  return out + R"(,"additionalProperties":false})";
}

void add_id_schema(ObjectSchema& object) {
  object.property("id", true) +=
      R"({"type":"string","pattern":"^[0-9A-HJKMNP-TV-Z]{26}$","description":"Given by the service.","readOnly":true})";
}

void add_audit_schema(ObjectSchema& object) {
  constexpr std::string_view doc = R"(,"readOnly":true,"description":")";
  std::string identity, instant;
  string_schema(identity, 8, 50, identity_pattern);
  Instant{}.schema(instant);
  const auto add = [&](std::string_view name, std::string schema, std::string_view what) {
    schema.pop_back();
    object.property(name, true) += schema.append(doc).append(what) + "\"}";
  };
  add_id_schema(object);
  add("tenant_id", identity, "Whose it is: the tenant of the token.");
  add("created_by", identity, "The user who made it.");
  add("updated_by", either(identity, R"({"type":"null"})"), "The user who changed it last; null when it is new.");
  add("created_at", instant, "When it was made, UTC.");
  add("updated_at", instant, "When it was changed last, UTC.");
}

}  // namespace contactd::resource
