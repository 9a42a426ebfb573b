// Writes an answer as bytes: status line, Date, length, persistence, the application's fields, body.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace contactd::http {

/// Appends the answer to `output`. The body is left out for HEAD (its Content-Length is sent) and for 204 and 304
/// (neither length nor type is sent). `close`: whether the connection closes behind it; said so, as is keep-alive to
/// HTTP/1.0. Control characters in a field's value, which could forge further fields, become spaces.
void append_answer(std::string& output, const Request& request, const Response& response, bool close);

/// The status's usual reason phrase (RFC 9110 section 15), empty when there is none.
std::string_view reason_phrase(int status);

/// IMF-fixdate of RFC 9110 section 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(std::time_t seconds_since_epoch);

}  // namespace contactd::http
