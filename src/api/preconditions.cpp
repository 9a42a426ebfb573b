// Lists of entity tags, and the digests in them (XXH3).
#include "api/preconditions.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>

#include "base/function_ref.hpp"
#include "base/problem.hpp"

namespace contactd::api {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Whether any tag of a comma-separated list satisfies the test. The tags that are made here have no comma.
bool any_tag(const http::Request& request, std::string_view name, FunctionRef<bool(std::string_view)> test) {
  for (const http::HeaderField& field : request.headers) {
    if (!std::equal(field.name.begin(), field.name.end(), name.begin(), name.end(),
                    [](char a, char b) { return (a | 0x20) == (b | 0x20); })) {
      continue;
    }
    std::string_view rest = field.value;
    while (!rest.empty()) {
      const auto comma = rest.find(',');
      if (test(trimmed(rest.substr(0, comma)))) return true;
      rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
  }
  return false;
}

/// The version in a strong tag of ours: the digits before the dash.
std::string_view version_of(std::string_view tag) {
  if (tag.size() < 2 || tag.front() != '"' || tag.back() != '"') return {};
  tag = tag.substr(1, tag.size() - 2);
  return tag.substr(0, tag.find('-'));
}

}  // namespace

namespace {

std::string hex_of(std::uint64_t hash) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = text.size(); i-- > 0; hash >>= 4) text[i] = digits[hash & 15];
  return text;
}

}  // namespace

std::string digest_of(std::string_view bytes) {
  return hex_of(XXH3_64bits(bytes.data(), bytes.size()));
}

std::string wide_digest_of(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return hex_of(hash.high64) + hex_of(hash.low64);
}

std::string entity_tag(std::int64_t version, std::string_view body) {
  return '"' + std::to_string(version) + '-' + digest_of(body) + '"';
}

void require_match(const http::Request& request, std::int64_t version) {
  if (request.header_count("if-match") == 0) return;
  const std::string wanted = std::to_string(version);
  const bool matches =
      any_tag(request, "if-match", [&](std::string_view tag) { return tag == "*" || version_of(tag) == wanted; });
  if (!matches) throw Problem(problem_kind("precondition_failed"));
}

bool is_not_modified(const http::Request& request, std::string_view tag) {
  return any_tag(request, "if-none-match", [&](std::string_view other) {
    if (other.starts_with("W/")) other.remove_prefix(2);
    return other == "*" || other == tag;
  });
}

}  // namespace contactd::api
