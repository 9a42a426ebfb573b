// Base64url without padding (RFC 4648 section 5, RFC 7515 section 2), where each byte string has exactly one text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace contactd::auth {

std::string base64url_encode(std::string_view bytes);

/// The bytes, or nothing when the text is not what base64url_encode makes of them: padding, other characters, white
/// space, a length that no bytes have, or a last character whose unused bits are not zero.
std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace contactd::auth
