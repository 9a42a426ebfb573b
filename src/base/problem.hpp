// The one table of everything that can go wrong: code, status, title. Contract section 1.3.
#pragma once

#include <array>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// One row of the problem table. `code` is what clients switch on and is never reused once retired.
struct ProblemKind {
  std::string_view code;
  int status;
  std::string_view title;
  std::string_view help;  ///< One sentence for the page under /docs/: what the caller can do about it.
};

inline constexpr std::array problem_table{
    // framing and limits
    ProblemKind{"malformed_request", 400, "The request is not well-formed HTTP",
                "The connection was closed; check the request line, the header fields and the length of the body."},
    ProblemKind{"request_timeout", 408, "The request took too long to arrive", "Send the request again, faster."},
    ProblemKind{"uri_too_long", 414, "The request line is too long", "Keep the request line within 8 KiB."},
    ProblemKind{"expectation_failed", 417, "The expectation is not supported", "Only Expect: 100-continue is known."},
    ProblemKind{"headers_too_large", 431, "The header fields are too large", "Keep them within 16 KiB and 100 fields."},
    ProblemKind{"not_implemented", 501, "The transfer coding is not implemented", "Use chunked or Content-Length."},
    ProblemKind{"version_not_supported", 505, "The HTTP version is not supported", "Use HTTP/1.0 or HTTP/1.1."},
    // routing
    ProblemKind{"bad_path", 400, "The path or query is not valid", "Check percent-encoding and UTF-8."},
    ProblemKind{"not_found", 404, "There is no such resource", "Check the path and the id."},
    ProblemKind{"method_not_allowed", 405, "The method is not allowed here", "See the Allow header."},
    // who is asking
    ProblemKind{"unauthorized", 401, "A valid bearer token is required", "Send Authorization: Bearer <JWT>."},
    ProblemKind{"insufficient_scope", 403, "The token lacks a scope", "Ask for a token with the scope that is named."},
    // size and type
    ProblemKind{"body_too_large", 413, "The body is too large", "Keep the body within 1 MiB."},
    ProblemKind{"unsupported_media_type", 415, "The body's media type is not supported",
                "Send application/json without a Content-Encoding."},
    // repeating safely
    ProblemKind{"idempotency_mismatch", 422, "The Idempotency-Key was used with another request",
                "Use a new key for a new request."},
    ProblemKind{"in_progress", 409, "A request with this Idempotency-Key is still running", "Try again shortly."},
    // what was sent
    ProblemKind{"validation", 400, "The request is not valid", "See errors: each names a field and what is wrong."},
    ProblemKind{"invalid_json", 400, "The body is not valid JSON", "The detail names the byte where it went wrong."},
    ProblemKind{"unexpected_body", 400, "A body is not expected here", "Send no body with GET, HEAD or DELETE."},
    ProblemKind{"page_out_of_range", 404, "There is no such page", "Ask for a page from 1 to total_pages."},
    // how things stand
    ProblemKind{"precondition_failed", 412, "The resource has changed", "Read it again and repeat with its new ETag."},
    ProblemKind{"already_exists", 409, "There is one already", "existing_id names it."},
    ProblemKind{"in_use", 409, "It is still in use", "Remove what refers to it first."},
    ProblemKind{"rejected", 409, "The contact was rejected", "Approve it before it becomes active."},
    ProblemKind{"self_approval", 403, "The makers of a change cannot decide on it",
                "In a namespace with the policy four_eyes somebody else must approve or reject."},
    ProblemKind{"no_pattern", 409, "The namespace has no pattern for references", "Set its account_pattern first."},
    ProblemKind{"reference_too_long", 409, "The next reference would be longer than 50 characters",
                "Shorten the pattern of the namespace, or set its counter back."},
    ProblemKind{"nothing_to_compare", 400, "There is nothing to compare",
                "Send a name, a reference, properties, an address or a bank account, or the id of a contact."},
    // our side
    ProblemKind{"internal_error", 500, "Something went wrong on our side", "Report the request_id."},
    ProblemKind{"overloaded", 503, "The service is busy", "Try again after Retry-After seconds."},
    ProblemKind{"unavailable", 503, "The store does not answer", "Try again after Retry-After seconds."},
    ProblemKind{"storage_full", 507, "The storage is full", "Nothing was changed. Make room, then try again."},
};

/// A row of the table by its code; a code that the table lacks does not compile.
consteval const ProblemKind& problem_kind(std::string_view code) {
  for (const ProblemKind& kind : problem_table) {
    if (kind.code == code) return kind;
  }
  throw "the problem table has no such code";
}

/// One thing that is wrong with a request. `field` is a JSON Pointer without its first slash, or a parameter's name.
/// `message` never repeats a value.
struct Violation {
  std::string field;
  std::string code;
  std::string message;
  bool operator==(const Violation&) const = default;
};
using Violations = std::vector<Violation>;

/// A request is read until about so many violations were found: a body of a hundred thousand unknown fields must not
/// make an answer ten times its size.
inline constexpr std::size_t violations_max = 200;

/// A refusal: thrown anywhere below the application, caught once at its top and rendered as application/problem+json.
class Problem : public std::exception {
 public:
  explicit Problem(const ProblemKind& row, std::string what_exactly = {})
      : kind(&row), detail(std::move(what_exactly)) {}
  explicit Problem(Violations violations) : kind(&problem_kind("validation")), errors(std::move(violations)) {}
  const char* what() const noexcept override { return kind->code.data(); }

  const ProblemKind* kind;
  std::string detail;
  Violations errors;                                         ///< On `validation` only.
  std::string existing_id;                                   ///< On `already_exists`: always the caller's own tenant's.
  std::vector<std::pair<std::string, std::string>> headers;  ///< Allow, WWW-Authenticate, Retry-After, …
};

}  // namespace contactd
