// Seals the cursors of lists, so that a client can hand one back but neither make, move nor read one: a position in an
// order by name is somebody's name. Contract section 1.6.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace contactd::auth {

/// Safe to use from many threads at once.
///
/// A cursor is base64url(tag || ciphertext) of AES-SIV (RFC 5297), with the binding as associated data. It needs no
/// nonce: the same position has the same cursor.
class CursorSealer {
 public:
  static constexpr std::size_t key_bytes = 32;
  static constexpr std::size_t cursor_bytes_max = 2048;
  static constexpr std::size_t payload_bytes_max = cursor_bytes_max / 4 * 3 - 17;

  /// Takes exactly 32 bytes, else throws SetupError. Cursors outlive a restart only if the key does.
  explicit CursorSealer(std::string_view key);

  /// `binding` names what the cursor is good for: tenant, list, filters, order. It is not part of the cursor. Its
  /// parts must be joined so that no two meanings give the same bytes.
  /// Throws std::length_error for a payload over payload_bytes_max.
  std::string seal(std::string_view payload, std::string_view binding) const;

  /// The payload that was sealed with the same key and binding; nothing for any other text.
  std::optional<std::string> open(std::string_view cursor, std::string_view binding) const;

 private:
  std::string key_;
};

/// 32 bytes from the system's generator: a key for CursorSealer, or a development secret. Throws std::runtime_error
/// when the system has none to give.
std::string random_key();

}  // namespace contactd::auth
