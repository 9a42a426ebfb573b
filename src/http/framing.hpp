// What a head means for the bytes behind it: target form, Host, length, transfer coding, expectation, persistence.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "http/message.hpp"

namespace contactd::http {

struct Head;

/// Checks a request target and reduces its absolute form to path and query (RFC 9112 section 3.2); "*" stays, for
/// OPTIONS alone. `target` is a view into the head before and after (or the literal "/").
std::optional<Refusal> reduce_target(std::string_view method, std::string_view& target);

/// host [ ":" port ] of RFC 3986 section 3.2, not empty: a registered name, an IPv4 address, or [IPv6 address].
bool is_host(std::string_view text);

/// Gathers the fields that decide where a request ends, and judges them together when the head is complete.
class Framing {
 public:
  void note(const HeaderField& field);
  /// Sets length and coding of the request, persistence and expectation of the head; or says why the head is refused.
  /// All that could make two readers disagree about where the request ends is 400 (RFC 9112 section 6.3, section 11.2).
  std::optional<Refusal> conclude(Request& request, Head& head) const;

 private:
  void note_connection(std::string_view value);
  std::optional<Refusal> read_length(Request& request) const;
  std::optional<Refusal> read_coding(Request& request) const;

  unsigned hosts_ = 0;
  unsigned lengths_ = 0;
  unsigned codings_ = 0;
  std::string_view host_;
  std::string_view length_;
  std::string_view coding_;
  bool close_ = false;
  bool keep_alive_ = false;
  bool expects_continue_ = false;
  bool expects_other_ = false;
};

}  // namespace contactd::http
