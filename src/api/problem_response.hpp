// Problems as answers: application/problem+json (RFC 9457). Contract section 1.3.
#pragma once

#include <exception>

#include "base/problem.hpp"
#include "http/message.hpp"

namespace contactd::api {

http::Response problem_response(const Problem& problem, std::string_view request_id);

/// What an exception means to the caller: a Problem is itself, what the store could not do is 507 or 503, and anything
/// else is a bare 500.
Problem problem_of(const std::exception_ptr& error);

/// A row of the problem table by a code that is only known at run time (a framing refusal's).
const ProblemKind& problem_kind_at_run_time(std::string_view code);

}  // namespace contactd::api
