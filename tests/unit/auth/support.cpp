// Signing with OpenSSL, in the ways that the room itself must be able to check.
#include "support.hpp"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdlib.h>

#include <array>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "auth/base64url.hpp"

namespace contactd::auth::test {
namespace {

void require(bool holds) {
  if (!holds) throw std::runtime_error("OpenSSL refused a test's wish");
}

std::string number(const EVP_PKEY* key, const char* name, int bytes = 0) {
  BIGNUM* value = nullptr;
  require(EVP_PKEY_get_bn_param(key, name, &value) == 1);
  const NumberOwner owner(value);
  const int size = bytes != 0 ? bytes : BN_num_bytes(value);
  std::string text(static_cast<std::size_t>(size), '\0');
  require(BN_bn2binpad(value, reinterpret_cast<unsigned char*>(text.data()), size) == size);
  return base64url_encode(text);
}

std::string raw_ecdsa(std::string_view der) {
  const unsigned char* begin = as_bytes(der);
  const EcdsaSignatureOwner signature(d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size())));
  require(signature != nullptr);
  std::string raw(64, '\0');
  auto* out = reinterpret_cast<unsigned char*>(raw.data());
  require(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, 32) == 32);
  require(BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + 32, 32) == 32);
  return raw;
}

}  // namespace

SigningKey SigningKey::make(Algorithm algorithm, std::string kid, unsigned bits) {
  EVP_PKEY* pair = nullptr;
  if (algorithm == Algorithm::es256) pair = EVP_EC_gen("P-256");
  if (algorithm == Algorithm::eddsa) pair = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  if (algorithm == Algorithm::rs256 || algorithm == Algorithm::ps256) pair = EVP_RSA_gen(bits);
  require(pair != nullptr);
  SigningKey key;
  key.pair_.reset(pair, EVP_PKEY_free);
  key.algorithm_ = algorithm;
  key.kid_ = std::move(kid);
  return key;
}

std::string SigningKey::jwk(std::string_view more) const {
  std::string text = R"({"kid":")" + kid_ + "\",";
  if (algorithm_ == Algorithm::es256) {
    text += R"("kty":"EC","crv":"P-256","x":")" + number(pair_.get(), OSSL_PKEY_PARAM_EC_PUB_X, 32) + R"(","y":")" +
            number(pair_.get(), OSSL_PKEY_PARAM_EC_PUB_Y, 32) + "\"";
  } else if (algorithm_ == Algorithm::eddsa) {
    std::string raw(32, '\0');
    std::size_t size = raw.size();
    require(EVP_PKEY_get_raw_public_key(pair_.get(), reinterpret_cast<unsigned char*>(raw.data()), &size) == 1);
    text += R"("kty":"OKP","crv":"Ed25519","x":")" + base64url_encode(raw) + "\"";
  } else {
    text += R"("kty":"RSA","alg":")" + std::string(algorithm_name(algorithm_)) + R"(","n":")" +
            number(pair_.get(), OSSL_PKEY_PARAM_RSA_N) + R"(","e":")" + number(pair_.get(), OSSL_PKEY_PARAM_RSA_E) +
            "\"";
  }
  return text.append(more) + "}";
}

std::string SigningKey::pem() const {
  const std::unique_ptr<BIO, Releaser<BIO_free_all>> out(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_PUBKEY(out.get(), pair_.get()) == 1);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return std::string(data, static_cast<std::size_t>(size));
}

std::string SigningKey::sign(std::string_view message) const {
  return sign_with_salt(message, 32);
}

std::string SigningKey::sign_with_salt(std::string_view message, int salt_bytes) const {
  const DigestContextOwner context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* settings = nullptr;
  const char* const digest = algorithm_ == Algorithm::eddsa ? nullptr : "SHA256";
  require(EVP_DigestSignInit_ex(context.get(), &settings, digest, nullptr, nullptr, pair_.get(), nullptr) == 1);
  if (algorithm_ == Algorithm::ps256) {
    require(EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING) == 1);
    require(EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, salt_bytes) == 1);
  }
  std::string signature(1024, '\0');
  std::size_t size = signature.size();
  require(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, as_bytes(message),
                         message.size()) == 1);
  signature.resize(size);
  return algorithm_ == Algorithm::es256 ? raw_ecdsa(signature) : signature;
}

SigningKey SigningKey::pinned_to(Algorithm algorithm) const {
  SigningKey other = *this;
  other.algorithm_ = algorithm;
  return other;
}

const SigningKey& key_for(Algorithm algorithm) {
  static std::map<Algorithm, SigningKey> keys;
  const auto found = keys.find(algorithm);
  if (found != keys.end()) return found->second;
  return keys.emplace(algorithm, SigningKey::make(algorithm, std::string(algorithm_name(algorithm)) + "-key"))
      .first->second;
}

std::string jwks(std::initializer_list<std::string> keys) {
  std::string text;
  for (const std::string& key : keys) text.append(text.empty() ? "" : ",").append(key);
  return R"({"keys":[)" + text + "]}";
}

std::string signed_text(std::string_view header, std::string_view claims) {
  return base64url_encode(header) + "." + base64url_encode(claims);
}

std::string token_with_header(const SigningKey& key, std::string_view header, std::string_view claims) {
  const std::string text = signed_text(header, claims);
  return text + "." + base64url_encode(key.sign(text));
}

std::string token(const SigningKey& key, std::string_view claims) {
  return token_with_header(
      key, R"({"alg":")" + std::string(algorithm_name(key.algorithm())) + R"(","kid":")" + key.kid() + R"("})", claims);
}

std::string good_claims(std::string_view more) {
  return R"({"tenant_id":"tenant-1","user_id":"user.001","exp":)" + std::to_string(now + 3600) + std::string(more) +
         "}";
}

TokenVerifier verifier_for(std::string_view document, TokenRules rules) {
  return TokenVerifier(std::make_shared<FixedKeys>(KeySet::from_jwks(document)), std::move(rules));
}

std::string verdict(const TokenResult& result) {
  static constexpr std::array<const char*, 11> names{
      "too_large",  "malformed", "unsupported_header", "unknown_key",  "wrong_algorithm", "bad_signature",
      "bad_claims", "expired",   "not_yet_valid",      "wrong_issuer", "wrong_audience"};
  const auto* const error = std::get_if<TokenError>(&result);
  return error == nullptr ? "ok" : names[static_cast<std::size_t>(*error)];
}

const std::string& all_keys() {
  static const std::string document = jwks({key_for(Algorithm::es256).jwk(), key_for(Algorithm::eddsa).jwk(),
                                            key_for(Algorithm::rs256).jwk(), key_for(Algorithm::ps256).jwk()});
  return document;
}

std::string verdict_of(std::string_view text, TokenRules rules) {
  return verdict(verifier_for(all_keys(), std::move(rules)).verify(text, now));
}

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "contactd-auth-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void write_file(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

std::string read_text(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace contactd::auth::test
