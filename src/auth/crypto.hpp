// Owners for OpenSSL's objects and HMAC-SHA256. Private to this room.
#pragma once

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <array>
#include <initializer_list>
#include <memory>
#include <string_view>

namespace contactd::auth {

/// Calls OpenSSL's own release function of a type.
template <auto release>
struct Releaser {
  template <class Object>
  void operator()(Object* object) const {
    release(object);
  }
};

using PkeyOwner = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using PkeyContextOwner = std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX_free>>;
using DigestContextOwner = std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>>;
using CipherOwner = std::unique_ptr<EVP_CIPHER, Releaser<EVP_CIPHER_free>>;
using CipherContextOwner = std::unique_ptr<EVP_CIPHER_CTX, Releaser<EVP_CIPHER_CTX_free>>;
using MacOwner = std::unique_ptr<EVP_MAC, Releaser<EVP_MAC_free>>;
using MacContextOwner = std::unique_ptr<EVP_MAC_CTX, Releaser<EVP_MAC_CTX_free>>;
using NumberOwner = std::unique_ptr<BIGNUM, Releaser<BN_free>>;
using EcdsaSignatureOwner = std::unique_ptr<ECDSA_SIG, Releaser<ECDSA_SIG_free>>;
using ParamBuilderOwner = std::unique_ptr<OSSL_PARAM_BLD, Releaser<OSSL_PARAM_BLD_free>>;
using ParamsOwner = std::unique_ptr<OSSL_PARAM, Releaser<OSSL_PARAM_free>>;

inline const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// Empties this thread's queue of OpenSSL errors when it goes: a refused signature must not be found there by
/// whoever asks the queue next.
struct ErrorQueueGuard {
  ErrorQueueGuard() = default;
  ErrorQueueGuard(const ErrorQueueGuard&) = delete;
  ErrorQueueGuard& operator=(const ErrorQueueGuard&) = delete;
  ~ErrorQueueGuard();
};

/// For what can only fail when memory is short or the library is broken: throws std::runtime_error.
[[noreturn]] void crypto_failed(const char* what);

/// Whether both are equal, in a time that depends on their lengths alone.
bool equal_in_constant_time(std::string_view left, std::string_view right);

/// HMAC-SHA256 (RFC 2104) under one key. Immutable; safe to use from many threads at once.
class HmacSha256 {
 public:
  using Code = std::array<char, 32>;
  explicit HmacSha256(std::string_view key);
  /// The code over all parts, one after the other.
  Code operator()(std::initializer_list<std::string_view> parts) const;

 private:
  MacContextOwner keyed_;  // the key is worked in once; every code starts from a copy
};

}  // namespace contactd::auth
