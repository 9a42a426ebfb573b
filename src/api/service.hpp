// Endpoints about the service itself.
#pragma once

#include "api/operation.hpp"

namespace contactd::api {

/// The process is up.
Plan healthz(const Call& call);
/// The store answers; 503 `unavailable` when it does not.
Plan readyz(const Call& call);
/// What can be asked, as OpenAPI 3.1.
Plan openapi(const Call& call);

std::string health_text(Components& components);
std::string health_example();
inline constexpr Content health{{"health", "", health_text}, health_example};

inline constexpr Operation tells_health{
    .endpoint = healthz,
    .description = "Answers as long as the process is up, whatever the store does.",
    .successes = {{{200, "It is up.", health}}},
    .stored = false,
};

inline constexpr Operation tells_readiness{
    .endpoint = readyz,
    .description = "Answers once the store does: the service can work.",
    .successes = {{{200, "It can work.", health}}},
};

std::string document_text(Components& components);
std::string document_example();

inline constexpr Operation tells_openapi{
    .endpoint = openapi,
    .description = "This document.",
    .successes = {{{200, "OpenAPI 3.1.", {{"document", "", document_text}, document_example}}}},
    .versioned = true,
    .stored = false,
};

}  // namespace contactd::api
