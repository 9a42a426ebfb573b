// Judging the fields that decide where a request ends.
#include "http/framing.hpp"

#include <arpa/inet.h>

#include <charconv>
#include <string>

#include "http/head.hpp"
#include "http/tokens.hpp"

namespace contactd::http {
namespace {

Refusal malformed(std::string_view detail) {
  return {400, "malformed_request", detail};
}

/// unreserved and sub-delims of RFC 3986; "%" is checked apart.
constexpr CharacterTable host_characters = characters("-._~!$&'()*+,;=");

bool is_registered_name(std::string_view text) {
  if (text.empty()) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%') {
      if (at + 2 >= text.size() || hex_value(text[at + 1]) < 0 || hex_value(text[at + 2]) < 0) return false;
      at += 2;
    } else if (!is_in(host_characters, text[at])) {
      return false;
    }
  }
  return true;
}

bool is_ipv6_address(std::string_view text) {
  if (text.size() > INET6_ADDRSTRLEN || text.find('\0') != std::string_view::npos) return false;
  in6_addr address{};
  return inet_pton(AF_INET6, std::string(text).c_str(), &address) == 1;
}

/// A port may be empty (RFC 3986 section 3.2.3), but not beyond what TCP has.
bool is_port(std::string_view text) {
  if (text.empty()) return true;
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port <= 65535;
}

constexpr CharacterTable target_characters() {
  CharacterTable table{};
  for (unsigned c = 0x21; c < 0x7F; ++c) table[c] = c != '#';
  return table;
}

/// The length of "http://" or "https://" at the start of the target, or 0.
std::size_t scheme_bytes(std::string_view target) {
  for (std::string_view scheme : {"http://", "https://"}) {
    if (equals_ignoring_case(target.substr(0, scheme.size()), scheme)) return scheme.size();
  }
  return 0;
}

}  // namespace

bool is_host(std::string_view text) {
  std::size_t host_end = 0;
  if (text.starts_with('[')) {
    host_end = text.find(']');
    if (host_end == std::string_view::npos || !is_ipv6_address(text.substr(1, host_end - 1))) return false;
    ++host_end;
  } else {
    host_end = std::min(text.find(':'), text.size());
    if (!is_registered_name(text.substr(0, host_end))) return false;
  }
  const std::string_view rest = text.substr(host_end);
  return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
}

std::optional<Refusal> reduce_target(std::string_view method, std::string_view& target) {
  static constexpr CharacterTable allowed = target_characters();
  if (target.empty()) return malformed("the request target is empty");
  if (!all_in(allowed, target)) return malformed("the request target has a character that must be encoded");
  if (target.front() == '/') return std::nullopt;
  if (target == "*" && method == "OPTIONS") return std::nullopt;
  const std::size_t scheme = scheme_bytes(target);
  if (scheme == 0) return malformed("the request target is not a path");
  const std::size_t path = std::min(target.find_first_of("/?", scheme), target.size());
  if (!is_host(target.substr(scheme, path - scheme))) return malformed("the request target's host is not valid");
  if (path == target.size()) {
    target = "/";
  } else if (target[path] == '?') {
    return malformed("the request target has no path");
  } else {
    target.remove_prefix(path);
  }
  return std::nullopt;
}

void Framing::note(const HeaderField& field) {
  // Told apart by length first: nearly every field is none of these.
  switch (field.name.size()) {
    case 4:
      if (equals_ignoring_case(field.name, "Host")) ++hosts_, host_ = field.value;
      break;
    case 6:
      if (!equals_ignoring_case(field.name, "Expect")) break;
      (equals_ignoring_case(field.value, "100-continue") ? expects_continue_ : expects_other_) = true;
      break;
    case 10:
      if (equals_ignoring_case(field.name, "Connection")) note_connection(field.value);
      break;
    case 14:
      if (equals_ignoring_case(field.name, "Content-Length")) ++lengths_, length_ = field.value;
      break;
    case 17:
      if (equals_ignoring_case(field.name, "Transfer-Encoding")) ++codings_, coding_ = field.value;
      break;
    default:
      break;
  }
}

void Framing::note_connection(std::string_view value) {
  for_each_member(value, [this](std::string_view option) {
    if (equals_ignoring_case(option, "close")) close_ = true;
    if (equals_ignoring_case(option, "keep-alive")) keep_alive_ = true;
  });
}

std::optional<Refusal> Framing::read_length(Request& request) const {
  if (lengths_ == 0) return std::nullopt;
  if (lengths_ > 1) return malformed("there are two Content-Length fields");
  std::uint64_t length = 0;
  const char* const end = length_.data() + length_.size();
  const auto [stop, error] = std::from_chars(length_.data(), end, length);  // Unsigned: takes digits only, no sign.
  if (error != std::errc() || stop != end) return malformed("Content-Length is not a number of bytes");
  request.content_length = length;
  return std::nullopt;
}

std::optional<Refusal> Framing::read_coding(Request& request) const {
  if (codings_ == 0) return std::nullopt;
  if (codings_ > 1) return malformed("there are two Transfer-Encoding fields");
  if (lengths_ > 0) return malformed("there are both Content-Length and Transfer-Encoding");
  if (request.version_minor == 0) return malformed("HTTP/1.0 has no Transfer-Encoding");
  unsigned chunked = 0;
  unsigned unknown = 0;
  bool sound = true;
  for_each_member(coding_, [&](std::string_view coding) {
    const std::size_t parameters = std::min(coding.find(';'), coding.size());
    const std::string_view name = trimmed(coding.substr(0, parameters));
    if (!is_token(name)) {
      sound = false;
    } else if (!equals_ignoring_case(name, "chunked")) {
      ++unknown;
    } else {
      ++chunked;
      sound = sound && parameters == coding.size();  // chunked has no parameters (RFC 9112 section 7.1).
    }
  });
  if (!sound) return malformed("Transfer-Encoding is not a list of codings");
  if (unknown > 0) return Refusal{501, "not_implemented", "only the transfer coding chunked is known"};
  if (chunked > 1) return malformed("the transfer coding chunked is applied twice");
  request.chunked = true;
  return std::nullopt;
}

std::optional<Refusal> Framing::conclude(Request& request, Head& head) const {
  if (hosts_ > 1) return malformed("there are two Host fields");
  if (hosts_ == 0 && request.version_minor > 0) return malformed("there is no Host field");
  if (hosts_ == 1 && !is_host(host_)) return malformed("the Host field is not valid");
  if (auto refusal = read_length(request)) return refusal;
  if (auto refusal = read_coding(request)) return refusal;
  const bool knows_expect = request.version_minor > 0;
  if (expects_other_ && knows_expect) return Refusal{417, "expectation_failed", "only 100-continue can be expected"};
  head.expects_continue = expects_continue_ && knows_expect;
  head.keep_alive = !close_ && (request.version_minor > 0 || keep_alive_);
  return std::nullopt;
}

}  // namespace contactd::http
