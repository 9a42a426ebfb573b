// Percent-decoding, UTF-8, and the paths that cannot name a resource.
#include "http/url.hpp"

#include <algorithm>
#include <cstdint>

#include "http/tokens.hpp"

namespace contactd::http {
namespace {

/// How many bytes the well-formed sequence at the start of `text` takes (Unicode 15 table 3-7), or 0.
std::size_t utf8_sequence_bytes(std::string_view text) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
  const auto continues = [&](std::size_t at) { return (byte(at) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned second_min = first == 0xE0 ? 0xA0 : 0x80;  // Below: an overlong form.
    const unsigned second_max = first == 0xED ? 0x9F : 0xBF;  // Above: a surrogate.
    return byte(1) >= second_min && byte(1) <= second_max && continues(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned second_min = first == 0xF0 ? 0x90 : 0x80;  // Below: an overlong form.
    const unsigned second_max = first == 0xF4 ? 0x8F : 0xBF;  // Above: past U+10FFFF.
    return byte(1) >= second_min && byte(1) <= second_max && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t bytes = utf8_sequence_bytes(text);
    if (bytes == 0) return false;
    text.remove_prefix(bytes);
  }
  return true;
}

/// Whether a decoded segment can be part of a route. The raw text held no "/", so one here was %2F.
bool can_be_routed(std::string_view segment) {
  if (segment.empty() || segment == "." || segment == "..") return false;
  return segment.find('/') == std::string_view::npos && segment.find('\0') == std::string_view::npos;
}

/// The path without its first slash. Returns false when an encoding is bad.
bool split_path(std::string_view path, Target& target) {
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    std::string segment;
    if (!percent_decode(path.substr(0, slash), false, segment)) return false;
    if (!can_be_routed(segment)) target.verdict = Target::Verdict::no_route;
    target.segments.push_back(std::move(segment));
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
  target.trailing_slash = true;
  return true;
}

bool split_query(std::string_view query, Target& target) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view piece = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (piece.empty()) continue;
    const std::size_t equals = std::min(piece.find('='), piece.size());
    auto& [name, value] = target.parameters.emplace_back();
    if (!percent_decode(piece.substr(0, equals), true, name)) return false;
    if (!percent_decode(piece.substr(std::min(equals + 1, piece.size())), true, value)) return false;
  }
  return true;
}

}  // namespace

bool percent_decode(std::string_view text, bool plus_is_space, std::string& decoded) {
  decoded.clear();
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%') {
      if (text.size() - at < 3) return false;
      const int high = hex_value(text[at + 1]);
      const int low = hex_value(text[at + 2]);
      if (high < 0 || low < 0) return false;
      decoded.push_back(static_cast<char>(high * 16 + low));
      at += 2;
    } else {
      decoded.push_back(plus_is_space && text[at] == '+' ? ' ' : text[at]);
    }
  }
  return is_utf8(decoded);
}

Target split_target(std::string_view text) {
  Target target;
  const std::size_t question = std::min(text.find('?'), text.size());
  std::string_view path = text.substr(0, question);
  if (path.starts_with('/')) {
    path.remove_prefix(1);
  } else {
    target.verdict = Target::Verdict::no_route;
  }
  const std::string_view query = text.substr(std::min(question + 1, text.size()));
  if (!split_path(path, target) || !split_query(query, target)) target.verdict = Target::Verdict::bad;
  return target;
}

}  // namespace contactd::http
