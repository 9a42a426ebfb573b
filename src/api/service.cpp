// Health, readiness, and what can be asked.
#include "api/service.hpp"

#include "api/openapi.hpp"
#include "resource/json_schema.hpp"

namespace contactd::api {
namespace {

Reply ok() {
  return {.body = health_example};
}

}  // namespace

Plan healthz(const Call&) {
  return {ok()};
}

Plan readyz(const Call&) {
  return {ReadWork([](store::Session& session) {
    session.first_integer("SELECT $1", session.values());  // throws when the engine does not answer
    return ok();
  })};
}

Plan openapi(const Call&) {
  return {Reply{.version = 1, .body = [] { return openapi_document(); }}};
}

std::string health_text(Components&) {
  resource::ObjectSchema object;
  object.property("status", true) += R"({"const":"ok"})";
  return object.text();
}

std::string health_example() {
  return R"({"status":"ok"})";
}

std::string document_text(Components&) {
  resource::ObjectSchema object;
  object.property("openapi", true) += R"({"type":"string","pattern":"^3\\.1\\.[0-9]+$"})";
  for (const std::string_view name : {"info", "paths", "components"})
    object.property(name, true) += R"({"type":"object"})";
  for (const std::string_view name : {"servers", "tags"})
    object.property(name, true) += R"({"type":"array","items":{"type":"object"}})";
  return object.text();
}

std::string document_example() {
  return R"({"openapi":"3.1.0","info":{},"servers":[],"tags":[],"paths":{},"components":{}})";
}

}  // namespace contactd::api
