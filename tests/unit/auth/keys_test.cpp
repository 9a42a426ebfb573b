// JWK Sets: which keys are taken, passed over, or an error; and the signatures that RFCs publish.
#include "auth/keys.hpp"

#include <gmock/gmock.h>

#include "auth/base64url.hpp"
#include "support.hpp"

namespace contactd::auth::test {
namespace {

using ::testing::HasSubstr;

std::string error_of(const std::string& document) {
  try {
    KeySet::from_jwks(document);
  } catch (const SetupError& error) {
    return error.what();
  }
  return "no error";
}

/// The key with its member exchanged for another text.
std::string with(std::string jwk, std::string_view from, std::string_view to) {
  const auto at = jwk.find(from);
  if (at == std::string::npos) throw std::logic_error("no such text in the key");
  return jwk.replace(at, from.size(), to);
}

TEST(Keys, EveryKindIsPinnedToOneAlgorithm) {
  const SigningKey& rsa = key_for(Algorithm::rs256);
  const auto without_alg = with(with(rsa.jwk(), R"("alg":"RS256",)", ""), "RS256-key", "plain");
  const KeySet set = KeySet::from_jwks(
      jwks({key_for(Algorithm::es256).jwk(R"(,"alg":"ES256","use":"sig")"), key_for(Algorithm::eddsa).jwk(),
            rsa.jwk(R"(,"key_ops":["verify"])"), key_for(Algorithm::ps256).jwk(R"(,"x5t":"ignored")"), without_alg}));
  EXPECT_EQ(set.size(), 5u);
  EXPECT_THAT(set.passed_over(), ::testing::IsEmpty());
  for (const Algorithm algorithm : {Algorithm::es256, Algorithm::eddsa, Algorithm::rs256, Algorithm::ps256}) {
    const SigningKey& pair = key_for(algorithm);
    const Key* const key = set.find(pair.kid());
    ASSERT_NE(key, nullptr);
    EXPECT_EQ(key->algorithm(), algorithm);
    EXPECT_TRUE(key->verify("message", pair.sign("message")));
    EXPECT_FALSE(key->verify("massage", pair.sign("message")));
    EXPECT_FALSE(key->verify("message", ""));
    EXPECT_FALSE(key->verify("message", pair.sign("message") + "x"));
    EXPECT_FALSE(key->verify("message", pair.sign("message").substr(1)));
  }
  EXPECT_EQ(set.find("plain")->algorithm(), Algorithm::rs256);
  EXPECT_EQ(set.find(std::nullopt), nullptr);
  EXPECT_EQ(set.find(""), nullptr);
  EXPECT_EQ(set.find("es256-key"), nullptr);
}

TEST(Keys, AnRsaSignatureIsAsLongAsTheModulusAlsoWhenItBeginsWithZero) {
  for (const Algorithm algorithm : {Algorithm::rs256, Algorithm::ps256}) {
    const SigningKey& pair = key_for(algorithm);
    const KeySet set = KeySet::from_jwks(jwks({pair.jwk()}));
    const Key* const key = set.find(pair.kid());
    ASSERT_NE(key, nullptr);
    std::string message, signature = "x";
    for (int i = 0; i < 20'000 && signature.front() != '\0'; ++i) {  // one in 256 does
      message = std::to_string(i);
      signature = pair.sign(message);
    }
    ASSERT_EQ(signature.front(), '\0');
    EXPECT_TRUE(key->verify(message, signature));
    EXPECT_FALSE(key->verify(message, signature.substr(1)));
  }
}

TEST(Keys, PassedOver) {
  const SigningKey& ec = key_for(Algorithm::es256);
  const SigningKey& okp = key_for(Algorithm::eddsa);
  const SigningKey& rsa = key_for(Algorithm::rs256);
  const std::pair<std::string, std::string> cases[] = {
      {ec.jwk(R"(,"use":"enc")"), "use"},
      {ec.jwk(R"(,"key_ops":["sign"])"), "key_ops"},
      {ec.jwk(R"(,"key_ops":[])"), "key_ops"},
      {ec.jwk(R"(,"d":"AA")"), "private"},
      {ec.jwk(R"(,"alg":"ES384")"), "alg"},
      {ec.jwk(R"(,"alg":"HS256")"), "alg"},
      {ec.jwk(R"(,"alg":"none")"), "alg"},
      {ec.jwk(R"(,"alg":"es256")"), "alg"},
      {okp.jwk(R"(,"alg":"ES256")"), "alg"},
      {with(rsa.jwk(), "RS256\"", "RS512\""), "alg"},
      {with(rsa.jwk(), "RS256\"", "RSA-OAEP\""), "alg"},
      {with(ec.jwk(), "P-256", "P-384"), "crv"},
      {with(ec.jwk(), "P-256", "secp256k1"), "crv"},
      {with(okp.jwk(), "Ed25519", "Ed448"), "crv"},
      {with(okp.jwk(), "Ed25519", "X25519"), "crv"},
      {with(ec.jwk(), R"("kid":"ES256-key",)", ""), "kid"},
      {with(ec.jwk(), "ES256-key", ""), "kid"},
      {SigningKey::make(Algorithm::rs256, "small", 1024).jwk(), "1024 bits"},
      {R"({"kty":"oct","kid":"o","alg":"HS256","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr8"})", "shared secret"},
      {R"({"kty":"AKP","kid":"pq"})", "kty"},
      {R"({"kid":"nothing"})", "kty"}};
  for (const auto& [jwk, why] : cases) {
    const KeySet set = KeySet::from_jwks(jwks({jwk, with(okp.jwk(), "EdDSA-key", "other")}));
    EXPECT_EQ(set.size(), 1u) << jwk;
    ASSERT_EQ(set.passed_over().size(), 1u) << jwk;
    EXPECT_THAT(set.passed_over()[0], HasSubstr(why));
    EXPECT_THAT(set.passed_over()[0], HasSubstr("keys/0"));
  }
}

TEST(Keys, Errors) {
  const SigningKey& ec = key_for(Algorithm::es256);
  const SigningKey& okp = key_for(Algorithm::eddsa);
  const SigningKey& rsa = key_for(Algorithm::rs256);
  const std::string zeros(43, 'A');
  const std::pair<std::string, std::string> cases[] = {
      {"", "not valid JSON"},
      {"{\"keys\":[]", "not valid JSON"},
      {R"({"keys":[],"keys":[]})", "not valid JSON"},
      {R"({"keys":{}})", "not a JWK Set"},
      {"[]", "not a JWK Set"},
      {ec.jwk(), "not a JWK Set"},
      {std::string(KeySet::document_bytes_max + 1, ' '), "1 MiB"},
      {R"({"keys":[5]})", "keys/0: it is not an object"},
      {jwks({ec.jwk(), ec.jwk()}), "keys/1 (kid \"ES256-key\"): the kid is used"},
      {jwks({ec.jwk(), with(okp.jwk(), "EdDSA-key", "ES256-key")}), "the kid is used"},
      {jwks({ec.jwk(R"(,"kid":"again")")}), "not valid JSON"},
      {jwks({R"({"kty":"EC","kid":5})"}), "kid is not a string"},
      {jwks({R"({"kty":true})"}), "kty is not a string"},
      {jwks({ec.jwk(R"(,"use":null)")}), "use is not a string"},
      {jwks({ec.jwk(R"(,"alg":["ES256"])")}), "alg is not a string"},
      {jwks({ec.jwk(R"(,"key_ops":"verify")")}), "key_ops is not an array"},
      {jwks({R"({"kty":"EC","kid":"e"})"}), "crv is missing"},
      {jwks({R"({"kty":"EC","kid":"e","crv":"P-256"})"}), "x is missing"},
      {jwks({R"({"kty":"EC","kid":"e","crv":"P-256","x":"A=","y":"AA"})"}), "x is not base64url"},
      {jwks({R"({"kty":"EC","kid":"e","crv":"P-256","x":"AA","y":"AA"})"}), "not 32 bytes each"},
      {jwks({R"({"kty":"EC","kid":"e","crv":"P-256","x":")" + zeros + R"(","y":")" + zeros + "\"}"}), "not a point"},
      {jwks({R"({"kty":"OKP","kid":"o","crv":"Ed25519","x":"AAAA"})"}), "x is not 32 bytes"},
      {jwks({R"({"kty":"OKP","kid":"o","crv":"Ed25519","x":""})"}), "x is not base64url"},
      {jwks({with(rsa.jwk(), R"("e":"AQAB")", R"("e":"AQ")")}), "not an RSA public key"},
      {jwks({with(rsa.jwk(), R"("e":"AQAB")", R"("e":"AQAA")")}), "not an RSA public key"},
      {jwks({with(rsa.jwk(), R"("e":"AQAB")", R"("e":"AQAAAAAAAAAAAQ")")}), "not an RSA public key"},
      {jwks({with(rsa.jwk(), R"(,"e":"AQAB")", "")}), "e is missing"}};
  for (const auto& [document, message] : cases) EXPECT_THAT(error_of(document), HasSubstr(message)) << document;
}

TEST(Keys, AnEmptySetKnowsNobody) {
  const KeySet set = KeySet::from_jwks(R"({"keys":[]})");
  EXPECT_TRUE(set.empty());
  EXPECT_EQ(set.find("a"), nullptr);
}

TEST(Keys, Generations) {
  const KeySet one = KeySet::from_jwks(R"({"keys":[]})"), two = KeySet::from_jwks(R"({"keys":[]})");
  EXPECT_NE(one.generation(), 0u);
  EXPECT_NE(one.generation(), two.generation());
}

TEST(Keys, DevelopmentSecret) {
  EXPECT_THROW(KeySet::from_dev_secret(std::string(31, 's')), SetupError);
  const KeySet set = KeySet::from_dev_secret(std::string(32, 's'));
  ASSERT_NE(set.find(std::nullopt), nullptr);
  EXPECT_EQ(set.find(std::nullopt)->algorithm(), Algorithm::hs256);
  EXPECT_EQ(set.find(""), nullptr);
}

/// A token's signed text and signature.
std::pair<std::string, std::string> taken_apart(const std::string& token) {
  const auto dot = token.rfind('.');
  return {token.substr(0, dot), *base64url_decode(token.substr(dot + 1))};
}

constexpr const char* rfc7515_claims =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

TEST(Keys, Rfc7515AppendixA1) {
  const KeySet set = KeySet::from_dev_secret(
      *base64url_decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"));
  const auto [text, signature] = taken_apart("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + std::string(rfc7515_claims) +
                                             ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  EXPECT_TRUE(set.find(std::nullopt)->verify(text, signature));
}

TEST(Keys, Rfc7515AppendixA2) {
  const KeySet set = KeySet::from_jwks(
      R"({"keys":[{"kid":"a2","kty":"RSA","e":"AQAB","n":")"
      "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-"
      "pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2Ca"
      "pHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb5"
      "4h4FRWyuXpoQ"
      "\"}]}");
  const auto [text, signature] = taken_apart(
      "eyJhbGciOiJSUzI1NiJ9." + std::string(rfc7515_claims) +
      ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUA"
      "r7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--x"
      "i12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_Ioyp"
      "GlUPQGe77Rw");
  EXPECT_TRUE(set.find("a2")->verify(text, signature));
}

TEST(Keys, Rfc7515AppendixA3) {
  const KeySet set = KeySet::from_jwks(
      R"({"keys":[{"kid":"a3","kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
      R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})");
  const auto [text, signature] =
      taken_apart("eyJhbGciOiJFUzI1NiJ9." + std::string(rfc7515_claims) +
                  ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
  EXPECT_TRUE(set.find("a3")->verify(text, signature));
}

TEST(Keys, Rfc8037AppendixA) {
  const KeySet set = KeySet::from_jwks(
      R"({"keys":[{"kid":"a5","kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})");
  const auto [text, signature] = taken_apart(
      "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6"
      "dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
  EXPECT_TRUE(set.find("a5")->verify(text, signature));
}

}  // namespace
}  // namespace contactd::auth::test
