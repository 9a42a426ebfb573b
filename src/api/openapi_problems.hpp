// Which problems a row of the route table can give, and the responses that say so.
#pragma once

#include <map>

#include "api/openapi_components.hpp"
#include "api/routes.hpp"

namespace contactd::api {

using Codes = std::vector<std::string_view>;

/// By status: what the row's operation names, and what follows from the row: its method, scope, path and so on.
std::map<int, Codes> problems_of(const Route& route);

/// Responses with a problem, each written once.
class ProblemResponses {
 public:
  explicit ProblemResponses(Components& components) : components_(components) {}
  /// `{"$ref":"#/components/responses/…"}`
  std::string reference(int status, const Codes& codes);
  /// For `default`: what refuses a request before any row is reached.
  std::string early_reference();
  /// All that were referred to, by name.
  const std::map<std::string, std::string>& all() const { return all_; }

 private:
  Components& components_;
  std::map<std::string, std::string> all_;
};

}  // namespace contactd::api
