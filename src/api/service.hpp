// Endpoints about the service itself.
#pragma once

#include "api/call.hpp"

namespace contactd::api {

/// The process is up.
Plan healthz(const Call& call);
/// The store answers; 503 `unavailable` when it does not.
Plan readyz(const Call& call);

}  // namespace contactd::api
