// The lines of a head: request line, then fields until an empty line. What the fields mean for framing: framing.cpp.
#include "http/head.hpp"

#include <algorithm>

#include "http/framing.hpp"
#include "http/tokens.hpp"

namespace contactd::http {
namespace {

struct Line {
  enum class State { complete, unfinished, too_long, bare_line_feed };
  State state;
  std::string_view text;  ///< Without its CRLF.
};

/// The line at the start of `bytes`, of at most `line_bytes_max` without its CRLF.
Line take_line(std::string_view bytes, std::size_t line_bytes_max) {
  const std::string_view window = bytes.substr(0, line_bytes_max + 2);
  const std::size_t end = window.find('\n');
  if (end == std::string_view::npos) {
    return {window.size() < line_bytes_max + 2 ? Line::State::unfinished : Line::State::too_long, {}};
  }
  if (end == 0 || window[end - 1] != '\r') return {Line::State::bare_line_feed, {}};
  return {Line::State::complete, window.substr(0, end - 1)};
}

Head refused(const Refusal& refusal) {
  Head head;
  head.verdict = Head::Verdict::refused;
  head.refusal = refusal;
  return head;
}

Refusal malformed(std::string_view detail) {
  return {400, "malformed_request", detail};
}

/// The version at the end of a request line: HTTP/1.0 or HTTP/1.1.
std::optional<Refusal> read_version(std::string_view text, Request& request) {
  if (text.size() != 8 || !text.starts_with("HTTP/") || !is_digit(text[5]) || text[6] != '.' || !is_digit(text[7])) {
    return malformed("the request line does not end with an HTTP version");
  }
  if (text[5] != '1' || text[7] > '1') return Refusal{505, "version_not_supported", "use HTTP/1.0 or HTTP/1.1"};
  request.version_minor = text[7] - '0';
  return std::nullopt;
}

/// METHOD SP target SP HTTP/1.x, with single spaces (RFC 9112 section 3).
std::optional<Refusal> read_request_line(std::string_view line, Request& request) {
  const std::size_t first = line.find(' ');
  if (first == std::string_view::npos) return malformed("the request line has no target");
  if (!is_token(line.substr(0, first))) return malformed("the method is not a token");
  const std::size_t second = line.find(' ', first + 1);
  if (second == std::string_view::npos) return malformed("the request line has no HTTP version");
  if (auto refusal = read_version(line.substr(second + 1), request)) return refusal;
  request.method = line.substr(0, first);
  std::string_view target = line.substr(first + 1, second - first - 1);
  if (auto refusal = reduce_target(request.method, target)) return refusal;
  request.target = target;
  return std::nullopt;
}

/// name ":" OWS value OWS (RFC 9112 section 5).
std::optional<Refusal> read_field(std::string_view line, HeaderField& field) {
  if (is_blank(line.front())) return malformed("a header field is folded over two lines");
  std::size_t colon = 0;
  while (colon < line.size() && is_in(token_characters, line[colon])) ++colon;
  if (colon == line.size()) return malformed("a header field has no colon");
  if (line[colon] != ':') return malformed("a header field's name is not a token");
  if (colon == 0) return malformed("a header field has no name");
  field.name = line.substr(0, colon);
  field.value = trimmed(line.substr(colon + 1));
  if (!is_field_value(field.value)) return malformed("a header field's value has a control character");
  return std::nullopt;
}

/// Nothing that arrived since the earlier call can have changed its verdict: no line ended, no limit was reached.
bool is_still_unfinished(std::string_view received, const Limits& limits, std::size_t seen_bytes) {
  // Three bytes: the first of the request line itself, which is judged alone, was then seen behind a leading CRLF too.
  return seen_bytes >= 3 && seen_bytes <= received.size() &&
         received.size() <= std::min(limits.request_line_bytes_max, limits.header_block_bytes_max) &&
         received.find('\n', seen_bytes) == std::string_view::npos;
}

/// Walks over the lines of one head.
class HeadReader {
 public:
  HeadReader(std::string_view received, const Limits& limits, Request& request)
      : received_(received), limits_(limits), request_(request) {}

  Head read() {
    if (received_.starts_with("\r\n")) at_ = 2;  // One empty line before a request is tolerated (RFC 9112 section 2.2).
    if (at_ == received_.size() || received_ == "\r") return {};
    // Judged at once, so that a TLS handshake on this port is not waited for.
    if (!is_in(token_characters, received_[at_])) return refused(malformed("the method is not a token"));
    const Line line = take_line(received_.substr(at_), limits_.request_line_bytes_max);
    if (line.state == Line::State::too_long) {
      return refused({414, "uri_too_long", "the request line is too long"});
    }
    if (line.state != Line::State::complete) return not_a_line(line);
    if (auto refusal = read_request_line(line.text, request_)) return refused(*refusal);
    at_ += line.text.size() + 2;
    return read_fields();
  }

 private:
  Head read_fields() {
    std::size_t block_bytes_left = limits_.header_block_bytes_max;
    for (;;) {
      const Line line = take_line(received_.substr(at_), block_bytes_left);
      if (line.state == Line::State::too_long) return too_large("the header block is too large");
      if (line.state != Line::State::complete) return not_a_line(line);
      at_ += line.text.size() + 2;
      if (line.text.empty()) return finish();
      if (line.text.size() + 2 > block_bytes_left) return too_large("the header block is too large");
      block_bytes_left -= line.text.size() + 2;
      if (request_.headers.size() == limits_.header_fields_max) return too_large("there are too many header fields");
      HeaderField field;
      if (auto refusal = read_field(line.text, field)) return refused(*refusal);
      framing_.note(field);
      request_.headers.push_back(field);
    }
  }

  Head finish() const {
    Head head;
    head.verdict = Head::Verdict::ready;
    head.bytes = at_;
    if (auto refusal = framing_.conclude(request_, head)) return refused(*refusal);
    return head;
  }

  static Head not_a_line(const Line& line) {
    if (line.state == Line::State::unfinished) return {};
    return refused(malformed("a line ends with a line feed alone"));
  }

  static Head too_large(std::string_view detail) { return refused({431, "headers_too_large", detail}); }

  std::string_view received_;
  const Limits& limits_;
  Request& request_;
  std::size_t at_ = 0;
  Framing framing_;
};

}  // namespace

Head read_head(std::string_view received, const Limits& limits, Request& request, std::size_t seen_bytes) {
  if (is_still_unfinished(received, limits, seen_bytes)) return {};
  request.method = request.target = {};
  request.version_minor = 1;
  request.headers.clear();
  request.content_length.reset();
  request.chunked = false;
  request.body.clear();
  return HeadReader(received, limits, request).read();
}

}  // namespace contactd::http
