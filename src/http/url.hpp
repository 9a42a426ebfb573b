// Splits a request target into decoded path segments and query parameters. Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace contactd::http {

/// A target taken apart. When the verdict is not `ok`, the rest means nothing.
struct Target {
  enum class Verdict {
    ok,
    bad,       ///< Bad percent-encoding or UTF-8, in path or query: 400 `bad_path`. Comes before `no_route`.
    no_route,  ///< `//`, a dot segment, %2F or %00 in the path, or no path at all: 404 `not_found`.
  };
  Verdict verdict = Verdict::ok;
  std::vector<std::string> segments;                            ///< Decoded, none empty; "/" has none.
  bool trailing_slash = false;                                  ///< The path ends in "/".
  std::vector<std::pair<std::string, std::string>> parameters;  ///< Decoded, in order; a name may come twice.
};

/// Takes an origin-form target apart (contract section 1.1, "paths"). A dot segment is one however it is encoded. In
/// the query "+" is a space, "a" is the same as "a=", and empty pieces ("a=1&&b=2") are passed over; %00 is data there.
Target split_target(std::string_view target);

/// Decodes percent-encoding; with `plus_is_space` as in queries. False when an encoding is bad or the result is not
/// UTF-8 (no overlong forms, no surrogates, nothing past U+10FFFF); `decoded` then means nothing.
bool percent_decode(std::string_view text, bool plus_is_space, std::string& decoded);

}  // namespace contactd::http
