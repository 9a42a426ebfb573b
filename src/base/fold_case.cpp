// Case folding is ICU's, code point by code point; ASCII, which is nearly all, never gets that far.
#include "base/fold_case.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace contactd {

void append_folded(std::string& out, std::string_view text) {
  out.reserve(out.size() + text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      const bool is_space = byte == ' ' || (byte >= '\t' && byte <= '\r');
      const bool is_upper = byte >= 'A' && byte <= 'Z';
      out += is_space ? ' ' : static_cast<char>(is_upper ? byte + ('a' - 'A') : byte);
      ++at;
      continue;
    }
    UChar32 point = 0;
    U8_NEXT(text.data(), at, text.size(), point);
    if (point < 0) continue;  // not UTF-8, which nobody hands in
    if (u_isUWhiteSpace(point)) {
      out += ' ';
      continue;
    }
    char encoded[U8_MAX_LENGTH];
    std::size_t size = 0;
    point = u_foldCase(point, U_FOLD_CASE_DEFAULT);
    U8_APPEND_UNSAFE(encoded, size, point);
    out.append(encoded, size);
  }
}

std::vector<std::string> folded_words(std::string_view text) {
  std::string folded;
  append_folded(folded, text);
  std::vector<std::string> words;
  std::string_view rest = folded;
  while (!rest.empty()) {
    const auto end = rest.find(' ');
    if (end != 0) words.emplace_back(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::string_view folding_version() {
  return U_UNICODE_VERSION;
}

}  // namespace contactd
