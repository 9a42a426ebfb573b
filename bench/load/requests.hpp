// The set of requests that are drawn from: the bytes of each, made beforehand, and what its answer has to hold.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace contactd::bench {

struct Request {
  std::string name;      ///< Method and path, for messages.
  std::string text;      ///< Head and body as they are sent.
  std::string expected;  ///< Stands in the body of a good answer; empty: the body is not looked at.
  std::size_t kind = 0;  ///< Which of RequestSet::kinds; figures are kept for each.
  /// Where the running numbers stand in `text`, each of `number_digits` digits.
  std::vector<std::size_t> number_places;
};

struct RequestSet {
  std::vector<Request> requests;
  std::vector<std::string> kinds;
};

/// As wide in every request, so that Content-Length is always the same.
inline constexpr std::size_t number_digits = 9;
inline constexpr std::string_view number_placeholder = "{number}";

/// Reads a file with METHOD, PATH, BODY, EXPECTED and KIND on each line, with tabs between them; what stands behind
/// PATH may be missing. `{number}` in the body is replaced by the number of the request. Throws std::runtime_error.
RequestSet read_requests(const std::string& path, const std::string& token);

/// Puts the running number where the placeholders were.
void put_number(Request& request, std::uint64_t number);

}  // namespace contactd::bench
