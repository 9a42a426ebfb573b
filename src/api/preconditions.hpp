// Entity tags: made from a version and a body, compared with If-Match and If-None-Match. Contract section 1.4.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace contactd::api {

/// `"<version>-<digest of the body>"`, quotes included.
std::string entity_tag(std::int64_t version, std::string_view body);

/// Throws `precondition_failed` when the request has an If-Match that does not name that version. Weak tags never
/// match,
/// `*` matches whatever exists.
void require_match(const http::Request& request, std::int64_t version);

/// Whether If-None-Match names exactly that tag (weak comparison, RFC 9110 section 13.1.2), or is `*`.
bool is_not_modified(const http::Request& request, std::string_view tag);

/// 16 hexadecimal digits of a 64-bit hash; not for secrets.
std::string digest_of(std::string_view bytes);
/// 32 digits of a 128-bit one, to tell one request from another.
std::string wide_digest_of(std::string_view bytes);

}  // namespace contactd::api
