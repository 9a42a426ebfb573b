// From codes to responses, with an example of each problem as the service words it.
#include "api/openapi_problems.hpp"

#include <algorithm>

#include "api/problem_response.hpp"

namespace contactd::api {

using resource::JsonObject;

namespace {

constexpr std::string_view example_request_id = "01JQ8RRB9Z6T4M3W8YC5D2XKQE";

/// Given while the request is still read, or because its path has no such method: with statuses that no row has.
constexpr std::string_view early_codes[] = {
    "method_not_allowed", "request_timeout", "uri_too_long",          "expectation_failed",
    "headers_too_large",  "not_implemented", "version_not_supported",
};

bool takes_body(const Route& route) {
  return route.method != "GET" && route.method != "DELETE";
}

bool is_there(const Codes& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

/// An example as `problem_response` words it.
std::string example_of(const ProblemKind& kind) {
  Problem problem(kind);
  if (kind.code == "validation") problem.errors = {{"name", "required", "is required"}};
  if (kind.code == "already_exists") problem.existing_id = "01JQ8RRBB2XRSVTCG11Y6JKCKH";
  return problem_response(problem, example_request_id).body;
}

std::string codes_enum(const Codes& codes) {
  std::string text;
  for (const std::string_view code : codes) {
    if (!text.empty()) text += ',';
    resource::append_json_string(text, code);
  }
  return text;
}

/// What each code means, one line each.
std::string meanings_of(const Codes& codes) {
  std::string text;
  for (const std::string_view code : codes) {
    const ProblemKind& kind = problem_kind_at_run_time(code);
    if (!text.empty()) text += '\n';
    text += "- `" + std::string(code) + "`: " + std::string(kind.title) + ". " + std::string(kind.help);
  }
  return text;
}

std::string response_text(Components& components, const std::string& status, const Codes& codes,
                          std::initializer_list<std::string_view> headers) {
  std::string out;
  {
    JsonObject response(out);
    response.text("description", meanings_of(codes));
    components.append_headers(response.member("headers"), headers);
    JsonObject content(response.member("content"));
    JsonObject type(content.member("application/problem+json"));
    type.member("schema") += R"({"allOf":[)" + components.reference(problem_schema) +
                             R"(],"properties":{"code":{"enum":[)" + codes_enum(codes) + "]}" + status + "}}";
    JsonObject examples(type.member("examples"));
    for (const std::string_view code : codes) {
      JsonObject(examples.member(code)).member("value") += example_of(problem_kind_at_run_time(code));
    }
  }
  return out;
}

}  // namespace

std::map<int, Codes> problems_of(const Route& route) {
  Codes codes{"malformed_request", "bad_path", "internal_error"};
  const auto add = [&](bool applies, std::initializer_list<std::string_view> more) {
    if (applies) codes.insert(codes.end(), more);
  };
  const Operation& operation = route.operation;
  const bool reads = route.method == "GET";
  add(route.scope.has_value(), {"unauthorized", "insufficient_scope", "validation"});
  add(takes_body(route), {"body_too_large", "unsupported_media_type", "invalid_json"});
  add(!takes_body(route), {"unexpected_body"});
  add(route.path.find('{') != std::string_view::npos, {"not_found"});
  add(operation.versioned && !reads && route.method != "POST", {"precondition_failed"});
  add(operation.repeatable, {"in_progress", "idempotency_mismatch"});
  add(operation.stored, {"unavailable", "overloaded"});
  add(operation.stored && route.scope && *route.scope != auth::Scope::contacts_read, {"storage_full"});
  for (const std::string_view code : operation.problems) add(!code.empty(), {code});

  std::map<int, Codes> by_status;
  for (const ProblemKind& kind : problem_table) {
    if (is_there(codes, kind.code)) by_status[kind.status].push_back(kind.code);
  }
  return by_status;
}

std::string ProblemResponses::reference(int status, const Codes& codes) {
  std::string name = "problem";
  for (const std::string_view code : codes) name += "-" + std::string(code);
  if (all_.try_emplace(name).second) {
    const std::string const_status = R"(,"status":{"const":)" + std::to_string(status) + "}";
    const auto text = [&](std::initializer_list<std::string_view> headers) {
      return response_text(components_, const_status, codes, headers);
    };
    switch (status) {
      case 401:
        all_[name] = text({"WWW-Authenticate"});
        break;
      case 403:
        all_[name] = text({codes.size() == 1 ? "WWW-Authenticate" : "WWW-Authenticate?"});
        break;
      case 409:
        all_[name] = is_there(codes, "in_progress") ? text({"Retry-After?"}) : text({});
        break;
      case 503:
        all_[name] = text({"Retry-After"});
        break;
      default:
        all_[name] = text({});
    }
  }
  return R"({"$ref":"#/components/responses/)" + name + "\"}";
}

std::string ProblemResponses::early_reference() {
  const Codes codes(std::begin(early_codes), std::end(early_codes));
  std::string& text = all_["refused-early"];
  if (text.empty()) text = response_text(components_, "", codes, {"Allow?"});
  return R"({"$ref":"#/components/responses/refused-early"})";
}

}  // namespace contactd::api
