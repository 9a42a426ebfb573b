// HMAC-SHA256 and the little that all users of OpenSSL here share.
#include "auth/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/params.h>

#include <stdexcept>
#include <string>

namespace contactd::auth {

ErrorQueueGuard::~ErrorQueueGuard() {
  ERR_clear_error();
}

void crypto_failed(const char* what) {
  ERR_clear_error();
  throw std::runtime_error(std::string("OpenSSL failed: ") + what);
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

HmacSha256::HmacSha256(std::string_view key) {
  const MacOwner mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  if (mac) keyed_.reset(EVP_MAC_CTX_new(mac.get()));
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                   OSSL_PARAM_construct_end()};
  if (!keyed_ || EVP_MAC_init(keyed_.get(), as_bytes(key), key.size(), parameters) != 1) crypto_failed("HMAC set-up");
}

HmacSha256::Code HmacSha256::operator()(std::initializer_list<std::string_view> parts) const {
  const MacContextOwner context(EVP_MAC_CTX_dup(keyed_.get()));
  if (!context) crypto_failed("HMAC copy");
  for (const std::string_view part : parts) {
    if (EVP_MAC_update(context.get(), as_bytes(part), part.size()) != 1) crypto_failed("HMAC update");
  }
  Code code;
  std::size_t size = 0;
  if (EVP_MAC_final(context.get(), reinterpret_cast<unsigned char*>(code.data()), &size, code.size()) != 1 ||
      size != code.size()) {
    crypto_failed("HMAC final");
  }
  return code;
}

}  // namespace contactd::auth
