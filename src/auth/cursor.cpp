// Cursors: tag and hidden payload, in base64url.
#include "auth/cursor.hpp"

#include <sys/random.h>

#include <stdexcept>

#include "auth/base64url.hpp"
#include "auth/crypto.hpp"
#include "auth/error.hpp"

namespace contactd::auth {
namespace {

constexpr std::size_t tag_bytes = 16;
/// Sets this use of the key apart from any other that somebody may find for it.
constexpr std::string_view purpose = "contactd list cursor 2\n";
/// Stands before every payload: what is encrypted is never empty.
constexpr char mark = '2';

/// Looked up among OpenSSL's providers once: that costs more than sealing.
EVP_CIPHER* siv_cipher() {
  static const CipherOwner cipher(EVP_CIPHER_fetch(nullptr, "AES-128-SIV", nullptr));
  return cipher.get();
}

/// AES-SIV over one message. `encrypt` 1 or 0, as OpenSSL has it.
class Siv {
 public:
  Siv(const std::string& key, int encrypt) : context_(EVP_CIPHER_CTX_new()) {
    if (siv_cipher() == nullptr || !context_ ||
        EVP_CipherInit_ex(context_.get(), siv_cipher(), nullptr, as_bytes(key), nullptr, encrypt) != 1) {
      crypto_failed("AES-SIV set-up");
    }
  }
  EVP_CIPHER_CTX* context() { return context_.get(); }
  void add_binding(std::string_view binding) {
    const std::string data = std::string(purpose) + std::string(binding);
    int size = 0;
    if (EVP_CipherUpdate(context_.get(), nullptr, &size, as_bytes(data), static_cast<int>(data.size())) != 1) {
      crypto_failed("AES-SIV associated data");
    }
  }
  /// Nothing when the tag does not fit.
  std::optional<std::string> run(std::string_view text) {
    std::string out(text.size(), '\0');
    int size = 0;
    const int done = EVP_CipherUpdate(context_.get(), reinterpret_cast<unsigned char*>(out.data()), &size,
                                      as_bytes(text), static_cast<int>(text.size()));
    if (done != 1 || static_cast<std::size_t>(size) != text.size()) return std::nullopt;
    return out;
  }

 private:
  CipherContextOwner context_;
};

}  // namespace

CursorSealer::CursorSealer(std::string_view key) : key_(key) {
  if (key.size() != key_bytes) throw SetupError("the key for cursors must have 32 bytes");
}

std::string CursorSealer::seal(std::string_view payload, std::string_view binding) const {
  if (payload.size() > payload_bytes_max) throw std::length_error("the payload of a cursor is too long");
  Siv siv(key_, 1);
  siv.add_binding(binding);
  const auto hidden = siv.run(mark + std::string(payload));
  std::string tag(tag_bytes, '\0');
  if (!hidden || EVP_CIPHER_CTX_ctrl(siv.context(), EVP_CTRL_AEAD_GET_TAG, tag_bytes, tag.data()) != 1) {
    crypto_failed("AES-SIV");
  }
  return base64url_encode(tag + *hidden);
}

std::optional<std::string> CursorSealer::open(std::string_view cursor, std::string_view binding) const {
  if (cursor.size() > cursor_bytes_max) return std::nullopt;
  auto bytes = base64url_decode(cursor);
  if (!bytes || bytes->size() <= tag_bytes) return std::nullopt;
  const ErrorQueueGuard errors;
  Siv siv(key_, 0);
  if (EVP_CIPHER_CTX_ctrl(siv.context(), EVP_CTRL_AEAD_SET_TAG, tag_bytes, bytes->data()) != 1) return std::nullopt;
  siv.add_binding(binding);
  auto payload = siv.run(std::string_view(*bytes).substr(tag_bytes));
  if (!payload || payload->front() != mark) return std::nullopt;
  return payload->substr(1);
}

std::string random_key() {
  std::string key(CursorSealer::key_bytes, '\0');
  // Requests of up to 256 bytes are never cut short once the generator is ready (getrandom(2)).
  if (getrandom(key.data(), key.size(), 0) != static_cast<ssize_t>(key.size())) {
    throw std::runtime_error("the system gave no random bytes");
  }
  return key;
}

}  // namespace contactd::auth
