// What travels: a request whose head was accepted, and an answer. Neither knows a socket.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace contactd::http {

/// One header field as it was sent; both are views into the request's own bytes, white space around the value removed.
struct HeaderField {
  std::string_view name;
  std::string_view value;
};

/// What the log line of a request says besides the request itself; filled while it is answered.
struct Trace {
  std::string request_id;  ///< From X-Request-Id if well-formed, else made by the application.
  std::string_view route;  ///< The route's path template, never the path with its ids.
  std::string tenant;
  std::string user;
  std::string reason;  ///< Of a failure on our side: for the operator's log, never for the caller.
  std::chrono::steady_clock::time_point started_at = std::chrono::steady_clock::now();
};

/// A request whose framing was checked. The views stay valid as long as the exchange runs.
struct Request {
  std::string_view method;  ///< As sent; case-sensitive (RFC 9110 section 9.1).
  std::string_view target;  ///< Origin form as sent: raw path and query, not decoded.
  int version_minor = 1;    ///< HTTP/1.x
  std::vector<HeaderField> headers;
  std::optional<std::uint64_t> content_length;  ///< Absent when there is no body or it is chunked.
  bool chunked = false;
  std::string body;  ///< Empty until it was read whole.
  Trace trace;

  /// The first field of that name (ASCII case is ignored), or nothing.
  std::optional<std::string_view> header(std::string_view name) const;
  /// How many fields bear that name.
  std::size_t header_count(std::string_view name) const;
  /// Whether a body was announced, be it of length 0 only when chunked.
  bool announces_body() const { return chunked || content_length.value_or(0) > 0; }
};

/// An answer. The session adds Date, Content-Length and Connection; everything else stands here.
struct Response {
  int status = 200;
  std::string_view content_type;  ///< Of static storage. Empty: no body and no Content-Type.
  std::string body;
  std::vector<std::pair<std::string_view, std::string>> headers;  ///< Names of static storage.
  bool close = false;                                             ///< Close the connection after this answer.

  Response& with(std::string_view name, std::string value) {
    headers.emplace_back(name, std::move(value));
    return *this;
  }
};

/// Why the bytes on a connection are not a request: the problem's code and status, and a word for the detail.
/// The connection is closed after the answer and nothing behind it is ever read as a request.
struct Refusal {
  int status = 400;
  std::string_view code = "malformed_request";
  std::string_view detail;
  bool operator==(const Refusal&) const = default;
};

}  // namespace contactd::http
