// The documentation: pages and assets, without a token. They do not stand in /openapi.json: it is about the service.
#pragma once

#include "api/operation.hpp"

namespace contactd::api {

/// The reference: /docs/
Plan docs_home(const Call& call);
/// /docs/{page}/
Plan docs_page(const Call& call);
/// /docs/assets/{name}/
Plan docs_asset(const Call& call);
/// What the `type` of a problem points to: /problems/{code}/
Plan problem_page(const Call& call);

inline constexpr Operation shows_reference{.endpoint = docs_home, .stored = false, .listed = false};
inline constexpr Operation shows_page{.endpoint = docs_page, .stored = false, .listed = false};
inline constexpr Operation gives_asset{.endpoint = docs_asset, .stored = false, .listed = false};
inline constexpr Operation shows_problem{.endpoint = problem_page, .stored = false, .listed = false};

}  // namespace contactd::api
