// Makes keys from the numbers that a JWK holds. Private to this room.
#pragma once

#include <memory>
#include <string_view>

#include "auth/keys.hpp"

namespace contactd::auth {

inline constexpr int rsa_bits_min = 2048;
inline constexpr int rsa_bits_max = 8192;  ///< Above, one check costs more than a request may.

// All numbers are big-endian. A null pointer means that they are no key: a point off the curve, an exponent of 1, …

/// ES256 (RFC 7518 section 3.4). The coordinates are 32 bytes each.
std::shared_ptr<const Key> make_es256_key(std::string_view x, std::string_view y);
/// EdDSA with Ed25519 (RFC 8037 section 3.1). 32 bytes.
std::shared_ptr<const Key> make_ed25519_key(std::string_view x);
/// RS256, or PS256 with a salt of exactly 32 bytes (RFC 7518 sections 3.3 and 3.5).
std::shared_ptr<const Key> make_rsa_key(std::string_view modulus, std::string_view exponent, Algorithm algorithm);
/// The length of a number without its leading zeros.
int bit_length(std::string_view number);
/// HS256 (RFC 7518 section 3.2).
std::shared_ptr<const Key> make_hs256_key(std::string_view secret);

}  // namespace contactd::auth
