// The header fields of requests and answers, as the document names them.
#pragma once

#include <string>
#include <string_view>

namespace contactd::api {

/// `components/parameters`: the header fields and the path's values, by name.
std::string shared_parameters();
/// A header field of answers; `always`: every such answer bears it. Throws std::logic_error for one that has no words.
std::string header_text(std::string_view name, bool always);

}  // namespace contactd::api
