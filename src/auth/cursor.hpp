// Signs the cursors of lists, so that a client can hand one back but neither make nor move one. Contract section 1.6.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace contactd::auth {

class HmacSha256;

/// Safe to use from many threads at once.
///
/// A cursor is base64url(payload || HMAC-SHA256 truncated to 16 bytes); the code covers the binding (with its length
/// before it) and the payload. The payload is signed, not encrypted: the client can read it.
class CursorSigner {
 public:
  static constexpr std::size_t key_bytes = 32;
  static constexpr std::size_t cursor_bytes_max = 2048;
  static constexpr std::size_t payload_bytes_max = cursor_bytes_max / 4 * 3 - 16;

  /// Takes exactly 32 bytes, else throws SetupError. Cursors outlive a restart only if the key does.
  explicit CursorSigner(std::string_view key);
  ~CursorSigner();
  CursorSigner(CursorSigner&&) noexcept;
  CursorSigner& operator=(CursorSigner&&) noexcept;

  /// `binding` names what the cursor is good for: tenant, list, filters, order. It is not part of the cursor. Its
  /// parts must be joined so that no two meanings give the same bytes.
  /// Throws std::length_error for a payload over payload_bytes_max.
  std::string seal(std::string_view payload, std::string_view binding) const;

  /// The payload that was sealed with the same key and binding; nothing for any other text.
  std::optional<std::string> open(std::string_view cursor, std::string_view binding) const;

 private:
  std::string code(std::string_view payload, std::string_view binding) const;
  std::unique_ptr<const HmacSha256> hmac_;
};

/// 32 bytes from the system's generator: a key for CursorSigner, or a development secret. Throws std::runtime_error
/// when the system has none to give.
std::string random_key();

}  // namespace contactd::auth
