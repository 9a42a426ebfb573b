// The one place where a refusal becomes text.
#include "api/problem_response.hpp"

#include "resource/json_write.hpp"
#include "store/connection.hpp"

namespace contactd::api {
namespace {

/// Violations that are spelled out in `detail`; `errors` has them all.
constexpr std::size_t detail_violations_max = 20;

std::string detail_of(const Problem& problem) {
  if (problem.errors.empty()) return problem.detail.empty() ? std::string(problem.kind->help) : problem.detail;
  std::string detail;
  for (std::size_t i = 0; i < problem.errors.size(); ++i) {
    if (i == detail_violations_max) {
      return detail + "; and " + std::to_string(problem.errors.size() - i) + " more";
    }
    const Violation& violation = problem.errors[i];
    if (!detail.empty()) detail += "; ";
    detail += (violation.field.empty() ? "the body" : violation.field) + ": " + violation.message;
  }
  return detail;
}

void append_errors(std::string& out, const Violations& errors) {
  out += '[';
  for (const Violation& violation : errors) {
    if (&violation != &errors.front()) out += ',';
    resource::JsonObject object(out);
    object.text("field", violation.field);
    object.text("code", violation.code);
    object.text("message", violation.message);
  }
  out += ']';
}

/// Header names must be of static storage; these are all that problems bear.
std::string_view static_name(std::string_view name) {
  for (const std::string_view known : {"Allow", "WWW-Authenticate", "Retry-After"}) {
    if (known == name) return known;
  }
  return "X-Detail";
}

}  // namespace

http::Response problem_response(const Problem& problem, std::string_view request_id) {
  http::Response response;
  response.status = problem.kind->status;
  response.content_type = "application/problem+json";
  {
    resource::JsonObject object(response.body);
    object.text("type", "/problems/" + std::string(problem.kind->code));
    object.text("title", problem.kind->title);
    object.integer("status", problem.kind->status);
    object.text("code", problem.kind->code);
    object.text("detail", detail_of(problem));
    object.text("request_id", request_id);
    if (!problem.existing_id.empty()) object.text("existing_id", problem.existing_id);
    if (!problem.errors.empty()) append_errors(object.member("errors"), problem.errors);
  }
  for (const auto& [name, value] : problem.headers) response.with(static_name(name), value);
  return response;
}

Problem problem_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const Problem& problem) {
    return problem;
  } catch (const store::StoreError& store_error) {
    if (store_error.kind == store::StoreError::Kind::full) return Problem(problem_kind("storage_full"));
    Problem problem(problem_kind("unavailable"));
    if (store_error.kind == store::StoreError::Kind::unknown) {
      problem.detail =
          "it is not known whether this was done; a repetition with the same Idempotency-Key is safe, one without a "
          "key may do it twice";
    }
    problem.headers.emplace_back("Retry-After", "1");
    return problem;
  } catch (...) {
    return Problem(problem_kind("internal_error"));
  }
}

const ProblemKind& problem_kind_at_run_time(std::string_view code) {
  for (const ProblemKind& kind : problem_table) {
    if (kind.code == code) return kind;
  }
  return problem_kind("malformed_request");
}

}  // namespace contactd::api
