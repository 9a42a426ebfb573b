// Puts the document together: paths from the route table, then whatever they referred to.
#include "api/openapi.hpp"

#include <algorithm>

#include "api/openapi_headers.hpp"
#include "api/openapi_problems.hpp"

namespace contactd::api {

using resource::JsonObject;

namespace {

struct Tag {
  std::string_view name;
  std::string_view description;
};

/// The published navigation, in its order; then what is ours.
constexpr Tag tags[] = {
    {"NameSpace", "Parts of a tenant's contacts, each with its own references and its own policy of approval."},
    {"Address", "Addresses of contacts."},
    {"Bank", "Bank accounts of contacts."},
    {"Props", "Typed properties of a contact, such as a PAN or a photo's reference."},
    {"Relation", "What one contact is to another, or to somebody who is no contact."},
    {"Contact", "People and companies that the lender deals with."},
    {"Service", "The service itself. No token is needed."},
};

constexpr std::string_view about =
    "The contact master of a lender: people and companies, their addresses, bank accounts, typed properties and "
    "relations, for many tenants at once. The tenant is known from the bearer token alone.\n\n"
    "Bodies are JSON; a member that is not described here is refused, and all that is wrong is told at once. White "
    "space around a text is dropped and inner white space becomes one space before a pattern is checked (but never in "
    "the value of a property). Another tenant's id answers exactly as one that does not exist. HEAD is answered "
    "wherever GET is, and every path also without its last slash.";

/// What needs no token is spelled as operators know it, without the last slash; both are answered.
std::string_view shown_path(const Route& route) {
  return route.scope ? route.path : route.path.substr(0, route.path.size() - 1);
}

/// "Props", "Delete one" becomes propsDeleteOne.
std::string operation_id(const Route& route) {
  std::string id(route.tag);
  id.front() = static_cast<char>(id.front() | 0x20);
  bool raise = true;
  for (const char c : route.summary) {
    if (c != ' ') id += raise && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    raise = c == ' ';
  }
  return id;
}

/// Writes the operation of each row; gathers what they refer to.
class DocumentWriter {
 public:
  std::string text();

 private:
  void append_paths(std::string& out);
  void append_operation(std::string& out, const Route& route);
  void append_parameters(std::string& out, const Route& route);
  void append_content(JsonObject& object, const Content& content);
  void append_responses(std::string& out, const Route& route);
  void append_success(std::string& out, const Route& route, const Success& success);
  void append_components(std::string& out);

  Components components_;
  ProblemResponses problems_{components_};
};

void append_query_parameter(std::string& out, const Parameter& parameter) {
  JsonObject object(out);
  object.text("name", parameter.name);
  object.text("in", "query");
  object.text("description", parameter.description);
  object.member("schema") += parameter.schema;
  if (parameter.several != Several::no) object.boolean("explode", parameter.several == Several::repeated);
  if (!parameter.example.empty()) object.member("example") += parameter.example;
}

void DocumentWriter::append_parameters(std::string& out, const Route& route) {
  const Operation& operation = route.operation;
  out += '[';
  const auto refer = [&](bool applies, std::string_view key) {
    if (applies) out.append(R"({"$ref":"#/components/parameters/)").append(key) += "\"},";
  };
  refer(route.path.find("{id}") != std::string_view::npos, "id");
  refer(route.path.find("{key}") != std::string_view::npos, "key");
  if (operation.parameters != nullptr) {
    for (const Parameter& parameter : operation.parameters()) {
      append_query_parameter(out, parameter);
      out += ',';
    }
  }
  refer(operation.repeatable, "Idempotency-Key");
  refer(operation.versioned && route.method == "GET", "If-None-Match");
  refer(operation.versioned && route.method != "GET" && route.method != "POST", "If-Match");
  refer(true, "X-Request-Id");
  out.back() = ']';
}

void DocumentWriter::append_content(JsonObject& object, const Content& content) {
  JsonObject types(object.member("content"));
  JsonObject type(types.member("application/json"));
  type.member("schema") += components_.reference(content.schema);
  type.member("example") += content.example();
}

void DocumentWriter::append_success(std::string& out, const Route& route, const Success& success) {
  const Operation& operation = route.operation;
  JsonObject response(out);
  response.text("description", success.meaning);
  std::vector<std::string_view> headers;
  if (operation.versioned && success.status != 204) headers.emplace_back("ETag");
  if (success.located) headers.emplace_back("Location");
  if (operation.repeatable) headers.emplace_back("Idempotency-Replayed?");
  components_.append_headers(response.member("headers"), headers);
  if (!success.content.schema.noun.empty()) append_content(response, success.content);
}

void DocumentWriter::append_responses(std::string& out, const Route& route) {
  JsonObject responses(out);
  for (const Success& success : route.operation.successes) {
    if (success.status != 0) append_success(responses.member(std::to_string(success.status)), route, success);
  }
  if (route.operation.versioned && route.method == "GET") {
    append_success(responses.member("304"), route, {304, "If-None-Match has the tag: nothing has changed.", {}, false});
  }
  for (const auto& [status, codes] : problems_of(route)) {
    responses.member(std::to_string(status)) += problems_.reference(status, codes);
  }
  responses.member("default") += problems_.early_reference();
}

void DocumentWriter::append_operation(std::string& out, const Route& route) {
  JsonObject object(out);
  object.member("tags") += R"([")" + std::string(route.tag) + R"("])";
  object.text("summary", route.summary);
  std::string description(route.operation.description);
  if (!route.operation.note.empty()) description.append("\n\n").append(route.operation.note);
  const std::string scope(route.scope ? auth::scope_name(*route.scope) : std::string_view{});
  if (!scope.empty()) description += "\n\nNeeds a token with the scope `" + scope + "`.";
  object.text("description", description);
  object.text("operationId", operation_id(route));
  object.member("security") += scope.empty() ? "[]" : R"([{"bearer":[]}])";
  if (!scope.empty()) object.text("x-scope", scope);
  // Paths gather operations; a page that shows them in the order of the navigation needs to be told.
  object.integer("x-order", &route - routes().data());
  append_parameters(object.member("parameters"), route);
  if (!route.operation.body.schema.noun.empty()) {
    JsonObject body(object.member("requestBody"));
    body.boolean("required", route.operation.body_required);
    append_content(body, route.operation.body);
  }
  append_responses(object.member("responses"), route);
}

void DocumentWriter::append_paths(std::string& out) {
  JsonObject paths(out);
  std::vector<std::string_view> written;
  for (const Route& first : routes()) {
    if (!first.operation.listed || std::find(written.begin(), written.end(), first.path) != written.end()) continue;
    written.push_back(first.path);
    JsonObject path(paths.member(shown_path(first)));
    for (const Route& route : routes()) {
      if (route.path != first.path) continue;
      std::string method(route.method);
      for (char& c : method) c = static_cast<char>(c | 0x20);
      append_operation(path.member(method), route);
    }
  }
}

void append_named(std::string& out, const std::map<std::string, std::string>& texts) {
  JsonObject object(out);
  for (const auto& [name, text] : texts) object.member(name) += text;
}

void DocumentWriter::append_components(std::string& out) {
  JsonObject object(out);
  append_named(object.member("schemas"), components_.schemas());
  append_named(object.member("responses"), problems_.all());
  object.member("parameters") += shared_parameters();
  append_named(object.member("headers"), components_.headers());
  JsonObject schemes(object.member("securitySchemes"));
  schemes.member("bearer") +=
      R"({"type":"http","scheme":"bearer","bearerFormat":"JWT","description":"A token with the claims of tenant, user )"
      R"(and scopes. Each operation names the scope that it needs; none implies another."})";
}

void append_info(std::string& out) {
  JsonObject info(out);
  info.text("title", "contactd");
  info.text("version", CONTACTD_VERSION);
  info.text("summary", "A multi-tenant contact master");
  info.text("description", about);
  JsonObject(info.member("contact")).text("name", "Whoever runs this service");
  JsonObject license(info.member("license"));
  license.text("name", "Apache 2.0");
  license.text("identifier", "Apache-2.0");
}

std::string DocumentWriter::text() {
  std::string out;
  out.reserve(std::size_t{256} * 1024);
  {
    JsonObject document(out);
    document.text("openapi", "3.1.0");
    append_info(document.member("info"));
    document.member("servers") += R"([{"url":"/","description":"This service."}])";
    std::string& list = document.member("tags");
    list += '[';
    for (const Tag& tag : tags) {
      if (list.back() != '[') list += ',';
      JsonObject object(list);
      object.text("name", tag.name);
      object.text("description", tag.description);
    }
    list += ']';
    append_paths(document.member("paths"));
    append_components(document.member("components"));
  }
  return out;
}

}  // namespace

const std::string& openapi_document() {
  static const std::string document = DocumentWriter{}.text();
  return document;
}

}  // namespace contactd::api
