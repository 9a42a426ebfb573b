// The door between the wire and the application. The session calls it; the application implements it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>
#include <optional>

#include "http/message.hpp"

namespace contactd::http {

/// One request on its way. It lives from the end of its head until its answer was written.
class Exchange {
 public:
  virtual ~Exchange() = default;
  /// Set when the head alone decides (404, 405, 401, 403, 413, 415, 417 …): the body is then not read for it.
  virtual std::optional<Response> refused() = 0;
  /// The answer, once `request.body` is whole. Never throws. Runs on the connection's own io_context and resumes there.
  virtual boost::asio::awaitable<Response> answer() = 0;
};

class Handler {
 public:
  virtual ~Handler() = default;
  /// Called at the end of a head, before any byte of the body is read (and before 100 Continue is sent).
  /// `request` outlives the exchange; its body is filled in between.
  virtual std::unique_ptr<Exchange> begin(Request& request) = 0;
  /// The answer for bytes that are no request, and for what timed out (408). `trace` gets a request id.
  virtual Response refuse(const Refusal& refusal, Trace& trace) = 0;
  /// After an answer was written or failed to be: the place of the log line and the metrics.
  /// For malformed bytes `request.method` may be empty.
  virtual void finished(const Request& request, const Response& response, std::size_t bytes_written) = 0;
};

}  // namespace contactd::http
