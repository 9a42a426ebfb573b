// The document at /openapi.json: OpenAPI 3.1, made from the route table and the descriptions of resources.
#pragma once

#include <string>

namespace contactd::api {

/// Made when it is first asked for, and kept. Thread-safe.
const std::string& openapi_document();

}  // namespace contactd::api
