// The route table: one row = one endpoint.
#pragma once

#include <span>
#include <string_view>

#include "api/operation.hpp"
#include "auth/principal.hpp"

namespace contactd::api {

struct Route {
  std::string_view method;
  std::string_view path;             ///< Ends in a slash; `{…}` stands for one segment.
  std::optional<auth::Scope> scope;  ///< Absent: no token is asked for.
  Operation operation;               ///< What answers, and what it takes and gives.
  std::string_view tag;              ///< Where it stands in the published navigation.
  std::string_view summary;          ///< Its name there.
};

std::span<const Route> routes();

/// What a path and a method lead to.
struct RouteMatch {
  const Route* route = nullptr;  ///< Null: the method is not allowed, or there is no such path.
  std::string_view path;         ///< The template that fits; empty when there is none.
  std::vector<std::string> path_values;
};

/// Literal segments win over `{…}`. HEAD is allowed wherever GET is.
RouteMatch match_route(std::string_view method, const std::vector<std::string>& segments);

/// The methods of a template of the table, for `Allow`; OPTIONS is allowed everywhere.
std::string allowed_methods(std::string_view path);

}  // namespace contactd::api
