// Cursors: payload and truncated HMAC, in base64url.
#include "auth/cursor.hpp"

#include <sys/random.h>

#include <stdexcept>

#include "auth/base64url.hpp"
#include "auth/crypto.hpp"
#include "auth/error.hpp"

namespace contactd::auth {
namespace {

constexpr std::size_t code_bytes = 16;
/// Sets this use of the key apart from any other that somebody may find for it.
constexpr std::string_view purpose = "contactd list cursor 1";

std::string big_endian(std::uint64_t value) {
  std::string bytes(sizeof value, '\0');
  for (std::size_t i = bytes.size(); i-- > 0; value >>= 8) bytes[i] = static_cast<char>(value & 0xFF);
  return bytes;
}

}  // namespace

CursorSigner::CursorSigner(std::string_view key) {
  if (key.size() != key_bytes) throw SetupError("the key for cursors must have 32 bytes");
  hmac_ = std::make_unique<const HmacSha256>(key);
}
CursorSigner::~CursorSigner() = default;
CursorSigner::CursorSigner(CursorSigner&&) noexcept = default;
CursorSigner& CursorSigner::operator=(CursorSigner&&) noexcept = default;

std::string CursorSigner::code(std::string_view payload, std::string_view binding) const {
  // The length keeps bytes from wandering between binding and payload.
  const auto code = (*hmac_)({purpose, big_endian(binding.size()), binding, payload});
  return std::string(code.data(), code_bytes);
}

std::string CursorSigner::seal(std::string_view payload, std::string_view binding) const {
  if (payload.size() > payload_bytes_max) throw std::length_error("the payload of a cursor is too long");
  return base64url_encode(std::string(payload) + code(payload, binding));
}

std::optional<std::string> CursorSigner::open(std::string_view cursor, std::string_view binding) const {
  if (cursor.size() > cursor_bytes_max) return std::nullopt;
  auto bytes = base64url_decode(cursor);
  if (!bytes || bytes->size() < code_bytes) return std::nullopt;
  const std::string found = bytes->substr(bytes->size() - code_bytes);
  bytes->resize(bytes->size() - code_bytes);
  if (!equal_in_constant_time(found, code(*bytes, binding))) return std::nullopt;
  return bytes;
}

std::string random_key() {
  std::string key(CursorSigner::key_bytes, '\0');
  // Requests of up to 256 bytes are never cut short once the generator is ready (getrandom(2)).
  if (getrandom(key.data(), key.size(), 0) != static_cast<ssize_t>(key.size())) {
    throw std::runtime_error("the system gave no random bytes");
  }
  return key;
}

}  // namespace contactd::auth
