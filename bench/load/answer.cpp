// Reads the head of an answer: its status, its length, and whether it says when to come again.
#include "answer.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string>

#include <strings.h>

namespace contactd::bench {
namespace {

constexpr std::size_t status_at = 9;  // Behind "HTTP/1.1 ".

/// The value of a field; names are alike in any case.
std::optional<std::string_view> field(std::string_view head, std::string_view name) {
  for (std::size_t line = head.find("\r\n"); line != std::string_view::npos; line = head.find("\r\n", line)) {
    line += 2;
    const std::string_view rest = head.substr(line);
    if (rest.size() <= name.size() || rest[name.size()] != ':') continue;
    if (::strncasecmp(rest.data(), name.data(), name.size()) != 0) continue;
    const std::size_t value = std::min(rest.find_first_not_of(' ', name.size() + 1), rest.size());
    return rest.substr(value, rest.find("\r\n", value) - value);
  }
  return std::nullopt;
}

std::size_t number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw std::runtime_error("no number in the head of an answer: " + std::string(text));
  }
  return value;
}

}  // namespace

std::optional<Answer> whole_answer(std::string_view received) {
  const std::size_t end = received.find("\r\n\r\n");
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view head = received.substr(0, end + 2);
  if (!head.starts_with("HTTP/1.1 ") || head.size() < status_at + 3) throw std::runtime_error("that is no answer");
  Answer answer;
  answer.status = static_cast<int>(number(head.substr(status_at, 3)));
  const auto length = field(head, "content-length");
  if (!length && answer.status != 204 && answer.status != 304) {
    throw std::runtime_error("an answer without Content-Length");
  }
  const std::size_t bytes = length ? number(*length) : 0;
  if (received.size() - (end + 4) < bytes) return std::nullopt;
  answer.body = received.substr(end + 4, bytes);
  answer.has_retry_after = field(head, "retry-after").has_value();
  return answer;
}

}  // namespace contactd::bench
