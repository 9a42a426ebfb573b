// Reads the head of a request from the bytes received so far: strict, pure, and the same for however they arrived.
#pragma once

#include <cstddef>
#include <string_view>

#include "http/limits.hpp"
#include "http/message.hpp"

namespace contactd::http {

/// What the bytes are so far, and what the session needs to know besides the request itself.
struct Head {
  enum class Verdict { need_more, refused, ready };
  Verdict verdict = Verdict::need_more;
  Refusal refusal;                ///< When refused.
  std::size_t bytes = 0;          ///< When ready: the head's length; the body, if any, begins there.
  bool keep_alive = false;        ///< The client wants the connection to stay open (RFC 9112 section 9.3).
  bool expects_continue = false;  ///< Expect: 100-continue (RFC 9110 section 10.1.1); never on HTTP/1.0.
};

/// Reads one head at the start of `received` into `request`, whose views point into `received`. Only the fields of the
/// head are touched: the body is emptied, the trace left alone. After a refusal `request` holds what was read up to
/// there (method and target, when the request line was sound); when more is needed its content means nothing.
///
/// Rules: contract section 1.1 "framing" and "limits", RFC 9112. The bytes are judged strictly from left to right, line
/// by line, so that a refusal never depends on how they were split. Bytes behind the head are not looked at.
/// `seen_bytes`: how many of these bytes an earlier call, which needed more, was given; spares work on slow deliveries.
Head read_head(std::string_view received, const Limits& limits, Request& request, std::size_t seen_bytes = 0);

}  // namespace contactd::http
