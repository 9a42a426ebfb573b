// Signature checks by OpenSSL, one class per family of keys.
#include "auth/signature.hpp"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/rsa.h>

#include <bit>
#include <string>
#include <utility>

#include "auth/crypto.hpp"

namespace contactd::auth {
namespace {

constexpr std::size_t p256_bytes = 32;
constexpr int rsa_exponent_bits_max = 64;

/// RFC 7518 section 3.4: a signature is r || s. OpenSSL wants the two in DER. Empty when it cannot be one.
std::string ecdsa_der(std::string_view raw) {
  if (raw.size() != 2 * p256_bytes) return {};
  NumberOwner r(BN_bin2bn(as_bytes(raw), p256_bytes, nullptr));
  NumberOwner s(BN_bin2bn(as_bytes(raw.substr(p256_bytes)), p256_bytes, nullptr));
  const EcdsaSignatureOwner signature(ECDSA_SIG_new());
  if (!r || !s || !signature || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) crypto_failed("ECDSA_SIG");
  static_cast<void>(r.release());  // both are the signature's from here on
  static_cast<void>(s.release());
  std::string der(80, '\0');  // the longest is 72: two integers of 33 bytes, and their tags and lengths
  auto* end = reinterpret_cast<unsigned char*>(der.data());
  const int size = i2d_ECDSA_SIG(signature.get(), &end);
  if (size <= 0) crypto_failed("i2d_ECDSA_SIG");
  der.resize(static_cast<std::size_t>(size));
  return der;
}

class PublicKey : public Key {
 public:
  PublicKey(PkeyOwner key, Algorithm algorithm) : key_(std::move(key)), algorithm_(algorithm) {}
  Algorithm algorithm() const override { return algorithm_; }

  bool verify(std::string_view message, std::string_view signature) const override {
    const ErrorQueueGuard guard;
    std::string der;
    if (algorithm_ == Algorithm::es256) {
      der = ecdsa_der(signature);
      if (der.empty()) return false;
      signature = der;
    }
    // RFC 8017 sections 8.1.2 and 8.2.2, step 1. OpenSSL takes one of PSS whose leading zero is left out.
    const bool is_rsa = algorithm_ == Algorithm::rs256 || algorithm_ == Algorithm::ps256;
    if (is_rsa && signature.size() != static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()))) return false;
    const DigestContextOwner context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* settings = nullptr;  // belongs to context
    const char* const digest = algorithm_ == Algorithm::eddsa ? nullptr : "SHA256";
    if (!context ||
        EVP_DigestVerifyInit_ex(context.get(), &settings, digest, nullptr, nullptr, key_.get(), nullptr) != 1) {
      crypto_failed("EVP_DigestVerifyInit_ex");
    }
    if (!set_padding(settings)) crypto_failed("RSA padding");
    return EVP_DigestVerify(context.get(), as_bytes(signature), signature.size(), as_bytes(message), message.size()) ==
           1;
  }

 private:
  bool set_padding(EVP_PKEY_CTX* settings) const {
    if (algorithm_ == Algorithm::rs256) return EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PADDING) == 1;
    if (algorithm_ != Algorithm::ps256) return true;
    constexpr int salt_bytes = 32;  // as long as the digest, no other
    return EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, salt_bytes) == 1 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md_name(settings, "SHA256", nullptr) == 1;
  }

  PkeyOwner key_;
  Algorithm algorithm_;
};

class SecretKey : public Key {
 public:
  explicit SecretKey(std::string_view secret) : hmac_(secret) {}
  Algorithm algorithm() const override { return Algorithm::hs256; }
  bool verify(std::string_view message, std::string_view signature) const override {
    const auto code = hmac_({message});
    return equal_in_constant_time({code.data(), code.size()}, signature);
  }

 private:
  HmacSha256 hmac_;
};

/// A public key of the named kind from parameters; null when OpenSSL finds that they are no key.
PkeyOwner public_key_from(const char* kind, const ParamBuilderOwner& builder) {
  const ParamsOwner parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const PkeyContextOwner context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1) crypto_failed("EVP_PKEY_fromdata_init");
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) return nullptr;
  return PkeyOwner(key);
}

std::shared_ptr<const Key> share(PkeyOwner key, Algorithm algorithm) {
  if (!key) return nullptr;
  return std::make_shared<const PublicKey>(std::move(key), algorithm);
}

}  // namespace

std::shared_ptr<const Key> make_es256_key(std::string_view x, std::string_view y) {
  const ErrorQueueGuard guard;
  if (x.size() != p256_bytes || y.size() != p256_bytes) return nullptr;
  const std::string point = std::string(1, '\x04').append(x).append(y);  // SEC 1 section 2.3.3, uncompressed
  const ParamBuilderOwner builder(OSSL_PARAM_BLD_new());
  if (!builder || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1) {
    crypto_failed("EC parameters");
  }
  PkeyOwner key = public_key_from("EC", builder);
  if (!key) return nullptr;
  const PkeyContextOwner context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
  if (!context) crypto_failed("EVP_PKEY_CTX_new_from_pkey");
  // fromdata is known to refuse points off the curve, but nowhere promises it.
  if (EVP_PKEY_public_check(context.get()) != 1) return nullptr;
  return share(std::move(key), Algorithm::es256);
}

std::shared_ptr<const Key> make_ed25519_key(std::string_view x) {
  const ErrorQueueGuard guard;
  return share(PkeyOwner(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, as_bytes(x), x.size())),
               Algorithm::eddsa);
}

int bit_length(std::string_view number) {
  const std::size_t first = number.find_first_not_of('\0');
  if (first == std::string_view::npos) return 0;
  const auto top = static_cast<unsigned char>(number[first]);
  return static_cast<int>((number.size() - first - 1) * 8) + std::bit_width(top);
}

std::shared_ptr<const Key> make_rsa_key(std::string_view modulus, std::string_view exponent, Algorithm algorithm) {
  const ErrorQueueGuard guard;
  const auto is_odd = [](std::string_view number) { return !number.empty() && (number.back() & 1) != 0; };
  // With an exponent of 1 every message would be its own signature.
  if (bit_length(modulus) < rsa_bits_min || bit_length(modulus) > rsa_bits_max || !is_odd(modulus) ||
      bit_length(exponent) < 2 || bit_length(exponent) > rsa_exponent_bits_max || !is_odd(exponent)) {
    return nullptr;
  }
  const NumberOwner n(BN_bin2bn(as_bytes(modulus), static_cast<int>(modulus.size()), nullptr));
  const NumberOwner e(BN_bin2bn(as_bytes(exponent), static_cast<int>(exponent.size()), nullptr));
  const ParamBuilderOwner builder(OSSL_PARAM_BLD_new());
  if (!n || !e || !builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
    crypto_failed("RSA parameters");
  }
  return share(public_key_from("RSA", builder), algorithm);
}

std::shared_ptr<const Key> make_hs256_key(std::string_view secret) {
  return std::make_shared<const SecretKey>(secret);
}

}  // namespace contactd::auth
