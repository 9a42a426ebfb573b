// Which content codings a client takes (RFC 9110 section 12.5.3).
#pragma once

#include "http/message.hpp"

namespace contactd::http {

/// Whether Accept-Encoding names gzip, or `*` in its place, with a weight above zero. A client that says nothing, or
/// nothing that can be understood, gets plain text.
bool accepts_gzip(const Request& request);

}  // namespace contactd::http
