// Words and schemas of header fields and of what stands in a path.
#include "api/openapi_headers.hpp"

#include <algorithm>
#include <stdexcept>

#include "model/props.hpp"
#include "resource/json_schema.hpp"

namespace contactd::api {

using resource::JsonObject;

namespace {

constexpr std::string_view request_id_schema = R"({"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$"})";
constexpr std::string_view tag_schema = R"({"type":"string","pattern":"^\"[0-9]+-[0-9a-f]{16,}\"$"})";

struct AnswerHeader {
  std::string_view name;
  std::string_view description;
  std::string_view schema;
};

constexpr AnswerHeader answered[] = {
    {"X-Request-Id", "The id of this request: the one that was sent, if it was well-formed, else a new one.",
     request_id_schema},
    {"Cache-Control", "Answers are not to be kept by caches.", R"({"const":"no-store"})"},
    {"ETag", "The resource's version and a digest of this body; for If-Match and If-None-Match.", tag_schema},
    {"Location", "Where it is from now on.", R"({"type":"string","format":"uri-reference","pattern":"^/.+/$"})"},
    {"Idempotency-Replayed", "The answer of an earlier request with the same Idempotency-Key.", R"({"const":"true"})"},
    {"Retry-After", "Seconds after which to try again.", R"({"type":"string","pattern":"^[0-9]+$"})"},
    {"WWW-Authenticate", "What is wrong with the token, or which scope it lacks (RFC 6750).",
     R"({"type":"string","pattern":"^Bearer"})"},
    {"Allow", "On 405: the methods that are allowed.", R"({"type":"string","pattern":"^[A-Z]+(, [A-Z]+)*$"})"},
};

struct SharedParameter {
  std::string_view key;
  std::string_view name;
  std::string_view place;
  std::string_view description;
  std::string_view schema;
};

constexpr SharedParameter asked[] = {
    {"id", "id", "path", "The id that the service gave. Any other id is unknown: 404.", R"({"type":"string"})"},
    {"X-Request-Id", "X-Request-Id", "header", "An id for this request; a malformed one is replaced.",
     request_id_schema},
    {"Idempotency-Key", "Idempotency-Key", "header",
     "Makes the request safe to repeat: for at least 24 hours the same key with the same request answers as the first "
     "time and does nothing.",
     R"({"type":"string","pattern":"^[!-~]{1,255}$"})"},
    {"If-Match", "If-Match", "header",
     "Only if the version is still that of one of these tags; `*`: whatever it is. Weak tags never match.",
     R"({"type":"string"})"},
    {"If-None-Match", "If-None-Match", "header", "Answer 304 if the tag is still one of these.",
     R"({"type":"string"})"},
};

void append_parameter(std::string& out, const SharedParameter& parameter) {
  JsonObject object(out);
  object.text("name", parameter.name);
  object.text("in", parameter.place);
  if (parameter.place == "path") object.boolean("required", true);
  object.text("description", parameter.description);
  object.member("schema") += parameter.schema;
}

}  // namespace

std::string shared_parameters() {
  std::string out;
  {
    JsonObject object(out);
    for (const SharedParameter& parameter : asked) append_parameter(object.member(parameter.key), parameter);
    std::string key;
    resource::Matching{model::prop_key_pattern}.schema(key);
    append_parameter(object.member("key"), {"key", "key", "path", "The property's key, percent-encoded.", key});
  }
  return out;
}

std::string header_text(std::string_view name, bool always) {
  const auto* const header = std::find_if(std::begin(answered), std::end(answered),
                                          [&](const AnswerHeader& each) { return each.name == name; });
  if (header == std::end(answered)) throw std::logic_error("no words for the header " + std::string(name));
  std::string out;
  {
    JsonObject object(out);
    object.text("description", header->description);
    if (always) object.boolean("required", true);
    object.member("schema") += header->schema;
  }
  return out;
}

}  // namespace contactd::api
