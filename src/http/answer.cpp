// One flat buffer: every answer is appended to what is sent next.
#include "http/answer.hpp"

#include <array>
#include <charconv>
#include <cstdint>

#include "http/tokens.hpp"

namespace contactd::http {
namespace {

struct Reason {
  int status;
  std::string_view phrase;
};

constexpr std::array reasons{
    Reason{200, "OK"},
    Reason{201, "Created"},
    Reason{202, "Accepted"},
    Reason{204, "No Content"},
    Reason{301, "Moved Permanently"},
    Reason{302, "Found"},
    Reason{303, "See Other"},
    Reason{304, "Not Modified"},
    Reason{307, "Temporary Redirect"},
    Reason{308, "Permanent Redirect"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{406, "Not Acceptable"},
    Reason{408, "Request Timeout"},
    Reason{409, "Conflict"},
    Reason{410, "Gone"},
    Reason{411, "Length Required"},
    Reason{412, "Precondition Failed"},
    Reason{413, "Content Too Large"},
    Reason{414, "URI Too Long"},
    Reason{415, "Unsupported Media Type"},
    Reason{416, "Range Not Satisfiable"},
    Reason{417, "Expectation Failed"},
    Reason{422, "Unprocessable Content"},
    Reason{428, "Precondition Required"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{501, "Not Implemented"},
    Reason{503, "Service Unavailable"},
    Reason{505, "HTTP Version Not Supported"},
    Reason{507, "Insufficient Storage"},
};

void append_number(std::string& output, std::uint64_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  output.append(digits.data(), end);
}

/// The Date field's value now; made once per second and thread.
std::string_view date_now() {
  thread_local std::time_t second = -1;
  thread_local std::string text;
  const std::time_t now = std::time(nullptr);
  if (now != second) {
    text = http_date(now);
    second = now;
  }
  return text;
}

void append_value(std::string& output, std::string_view value) {
  const std::size_t start = output.size();
  output.append(value);
  if (is_field_value(value)) return;
  for (std::size_t at = start; at < output.size(); ++at) {
    if (!is_value_character(output[at])) output[at] = ' ';
  }
}

void append_two_digits(std::string& output, int number) {
  output.push_back(static_cast<char>('0' + number / 10 % 10));
  output.push_back(static_cast<char>('0' + number % 10));
}

}  // namespace

void append_answer(std::string& output, const Request& request, const Response& response, bool close) {
  const bool bodiless = response.status == 204 || response.status == 304;
  output.append("HTTP/1.1 ");
  append_number(output, static_cast<std::uint64_t>(response.status));
  output.append(" ").append(reason_phrase(response.status)).append("\r\nDate: ").append(date_now());
  if (!bodiless) {
    if (!response.content_type.empty()) output.append("\r\nContent-Type: ").append(response.content_type);
    output.append("\r\nContent-Length: ");
    append_number(output, response.body.size());
  }
  if (close) {
    output.append("\r\nConnection: close");
  } else if (request.version_minor == 0) {
    output.append("\r\nConnection: keep-alive");
  }
  for (const auto& [name, value] : response.headers) {
    output.append("\r\n").append(name).append(": ");
    append_value(output, value);
  }
  output.append("\r\n\r\n");
  if (!bodiless && request.method != "HEAD") output.append(response.body);
}

std::string_view reason_phrase(int status) {
  for (const Reason& reason : reasons) {
    if (reason.status == status) return reason.phrase;
  }
  return {};
}

std::string http_date(std::time_t seconds_since_epoch) {
  static constexpr std::string_view days = "SunMonTueWedThuFriSat";
  static constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  std::tm time{};
  gmtime_r(&seconds_since_epoch, &time);
  std::string text;
  text.append(days.substr(static_cast<std::size_t>(time.tm_wday) * 3, 3)).append(", ");
  append_two_digits(text, time.tm_mday);
  text.append(" ").append(months.substr(static_cast<std::size_t>(time.tm_mon) * 3, 3)).append(" ");
  text.append(std::to_string(time.tm_year + 1900)).append(" ");
  append_two_digits(text, time.tm_hour);
  text.push_back(':');
  append_two_digits(text, time.tm_min);
  text.push_back(':');
  append_two_digits(text, time.tm_sec);
  return text.append(" GMT");
}

}  // namespace contactd::http
