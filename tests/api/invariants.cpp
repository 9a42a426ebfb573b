// What the contract says of every answer, checked on each one, whatever its step is about.
#include <set>

#include "base/problem.hpp"
#include "expectations.hpp"
#include "match.hpp"
#include "tokens.hpp"

namespace contactd::scenario {

using resource::JsonKind;
using resource::JsonValue;

namespace {

using Complain = std::function<void(const std::string&)>;

std::string text_of(JsonValue object, std::string_view name) {
  const auto member = object.find(name);
  return member && member->kind() == JsonKind::string ? std::string(member->text()) : std::string{};
}

const ProblemKind* kind_of(std::string_view code) {
  for (const ProblemKind& kind : problem_table) {
    if (kind.code == code) return &kind;
  }
  return nullptr;
}

void check_problem(const Answer& answer, const Complain& complain) {
  if (answer.header("Content-Type") != "application/problem+json") return complain("a refusal is no problem+json");
  if (!answer.json || answer.json->root().kind() != JsonKind::object) return complain("the problem is no JSON object");
  const JsonValue root = answer.json->root();
  const std::string code = text_of(root, "code");
  const ProblemKind* kind = kind_of(code);
  if (kind == nullptr) return complain("code is not in the table of problems: " + code);
  if (text_of(root, "type") != "/problems/" + code) complain("type is not /problems/" + code);
  if (text_of(root, "title") != kind->title) complain("title is not the table's");
  const std::string detail = text_of(root, "detail");
  if (detail.empty()) complain("detail is empty");
  if (!root.find("status") || root.find("status")->text() != std::to_string(answer.status)) {
    complain("status in the body differs");
  }
  if (text_of(root, "request_id") != answer.header("X-Request-Id")) complain("request_id is not X-Request-Id");
  if (root.find("errors").has_value() != (code == "validation")) complain("errors belong to validation alone");
  if (root.find("existing_id") && code != "already_exists") complain("existing_id belongs to already_exists alone");
  for (const JsonValue error : values_at(root, "/errors/*")) {
    if (error.size() != 3 || !error.find("field") || text_of(error, "code").empty() ||
        text_of(error, "message").empty()) {
      complain("an error is not field, code and message: " + as_text(error));
    }
    if (detail.find(text_of(error, "message")) == std::string::npos) {
      complain("detail does not tell of " + as_text(error));
    }
  }
}

void check_refusal_headers(const Answer& answer, const Complain& complain) {
  const auto needs = [&](int status, const char* name) {
    if (answer.status == status && !answer.header(name)) complain(std::to_string(status) + " without " + name);
  };
  needs(401, "WWW-Authenticate");
  const bool lacks_scope = answer.status == 403 && answer.body.find("insufficient_scope") != std::string::npos;
  if (lacks_scope) needs(403, "WWW-Authenticate");
  needs(405, "Allow");
  needs(503, "Retry-After");
}

/// Times, ids and tenants, wherever an audit block stands.
void check_audit(JsonValue value, const std::string& tenant, const Complain& complain) {
  if (value.kind() != JsonKind::object && value.kind() != JsonKind::array) return;
  const bool has_audit = value.kind() == JsonKind::object && value.find("tenant_id") && value.find("created_by");
  if (has_audit) {
    if (!tenant.empty() && text_of(value, "tenant_id") != tenant) complain("tenant_id is not the caller's");
    if (!text_matches("<id>", text_of(value, "id"))) complain("id is no ULID: " + text_of(value, "id"));
    for (const char* name : {"created_at", "updated_at"}) {
      if (!text_matches("<time>", text_of(value, name))) complain(std::string(name) + " is no time");
    }
    if (text_of(value, "created_by").empty()) complain("created_by is empty");
    const auto updated_by = value.find("updated_by");
    const bool never = text_of(value, "created_at") == text_of(value, "updated_at");
    if (!updated_by) complain("updated_by is missing");
    if (updated_by && updated_by->is_null() != never) complain("updated_by is null exactly when never updated");
  }
  for (const JsonValue child : value) {
    const bool callers_own = value.kind() == JsonKind::object &&
                             (child.key() == "refs" || child.key() == "coords" || child.key() == "codes");
    if (!callers_own) check_audit(child, tenant, complain);
  }
}

void check_success(const Exchange& exchange, const Complain& complain) {
  const Answer& answer = exchange.answer;
  // A drawn account reference is the one thing that a POST makes and that has no URL.
  const bool has_url = exchange.asked.target.find("/account_refs") == std::string::npos;
  const bool created_by_post = answer.status == 201 && exchange.asked.method == "POST";
  if ((created_by_post && has_url) != answer.header("Location").has_value()) {
    complain("Location belongs to a 201 of a POST that made something with a URL");
  }
  if (answer.status == 204 || answer.status == 304) {
    if (!answer.body.empty() || answer.header("Content-Type")) complain("there is a body, or its type");
    if (answer.status == 304 && !answer.header("ETag")) complain("304 without ETag");
    return;
  }
  if (answer.header("Content-Type") != "application/json") complain("Content-Type is not application/json");
  if (exchange.asked.method == "HEAD") return;
  if (!answer.json) return complain("the body is no JSON");
  const JsonValue root = answer.json->root();
  const bool is_document = root.find("openapi").has_value();  // It shows examples, which are nobody's.
  const bool single = root.kind() == JsonKind::array || root.find("id") || is_document;
  const auto tag = answer.header("ETag");
  if (single != tag.has_value()) complain("ETag belongs to single resources, props and the document");
  if (tag && (!text_matches("\"<number>-<hex>\"", *tag) || tag->size() < 20)) complain("ETag is malformed: " + *tag);
  if (!is_document) check_audit(root, exchange.asked.caller.empty() ? "" : tenant_of(exchange.asked.caller), complain);
}

}  // namespace

void check_invariants(const Exchange& exchange, const Complain& complain) {
  const Answer& answer = exchange.answer;
  if (answer.header("Cache-Control") != "no-store") complain("Cache-Control is not no-store");
  if (!answer.header("X-Request-Id")) complain("X-Request-Id is absent");
  std::set<std::string> seen;
  for (const auto& [name, value] : answer.headers) {
    if (!seen.insert(name).second) complain("header " + name + " stands twice");
  }
  if (answer.status >= 500) complain("the service failed");
  if (answer.status >= 400) {
    if (exchange.asked.method != "HEAD") check_problem(answer, complain);
    check_refusal_headers(answer, complain);
  } else {
    check_success(exchange, complain);
  }
}

}  // namespace contactd::scenario
