// Base64url by table, one text per byte string.
#include "auth/base64url.hpp"

#include <array>
#include <cstdint>

namespace contactd::auth {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t no_digit = 0xFF;

constexpr std::array<std::uint8_t, 256> digit_values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_digit);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}();

}  // namespace

std::string base64url_encode(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t bits = 0;
  int bit_count = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<std::uint8_t>(byte);
    bit_count += 8;
    while (bit_count >= 6) {
      bit_count -= 6;
      text += alphabet[bits >> bit_count & 0x3F];
    }
    bits &= 0x3F;  // what is left over is at most 4 bits
  }
  if (bit_count > 0) text += alphabet[bits << (6 - bit_count) & 0x3F];
  return text;
}

std::optional<std::string> base64url_decode(std::string_view text) {
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int bit_count = 0;
  for (const char character : text) {
    const std::uint8_t value = digit_values[static_cast<std::uint8_t>(character)];
    if (value == no_digit) return std::nullopt;
    bits = bits << 6 | value;
    bit_count += 6;
    if (bit_count >= 8) {
      bit_count -= 8;
      bytes += static_cast<char>(bits >> bit_count & 0xFF);
      bits &= (1u << bit_count) - 1;
    }
  }
  // Bits that belong to no byte: were they free, one token would have several texts.
  if (bits != 0) return std::nullopt;
  return bytes;
}

}  // namespace contactd::auth
