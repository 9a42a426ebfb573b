// Tokens: what is refused because of shape, header, key or signature, and who is asking when it is good.
#include "auth/token.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "auth/base64url.hpp"
#include "support.hpp"

namespace contactd::auth::test {
namespace {

using namespace std::string_literals;

TEST(Token, SaysWhoIsAsking) {
  for (const Algorithm algorithm : {Algorithm::es256, Algorithm::eddsa, Algorithm::rs256, Algorithm::ps256}) {
    const auto result =
        verifier_for(all_keys())
            .verify(token(key_for(algorithm),
                          good_claims(R"(,"scope":"contacts:read  openid namespaces:write","sub":"x")")),
                    now);
    ASSERT_EQ(verdict(result), "ok") << algorithm_name(algorithm);
    const auto& principal = std::get<Principal>(result);
    EXPECT_EQ(principal.tenant, "tenant-1");
    EXPECT_EQ(principal.user, "user.001");
    EXPECT_EQ(principal.expires_at, now + 3600);
    EXPECT_TRUE(principal.may(Scope::none));
    EXPECT_TRUE(principal.may(Scope::contacts_read));
    EXPECT_TRUE(principal.may(Scope::namespaces_write));
    EXPECT_FALSE(principal.may(Scope::contacts_write));
    EXPECT_FALSE(principal.may(Scope::contacts_approve));
  }
}

TEST(Token, HeaderTable) {
  const SigningKey& ec = key_for(Algorithm::es256);
  const std::pair<std::string, std::string> cases[] = {
      {R"({"alg":"ES256","kid":"ES256-key"})", "ok"},
      {R"({"alg":"ES256","kid":"ES256-key","typ":"JWT"})", "ok"},
      {R"({"alg":"ES256","kid":"ES256-key","typ":"at+jwt"})", "ok"},
      {R"({"alg":"ES256","kid":"ES256-key","typ":"application/AT+JWT","x5t":"a","foo":[1]})", "ok"},
      {R"({"alg":"ES256","kid":"ES256-key","typ":"dpop+jwt"})", "unsupported_header"},
      {R"({"alg":"ES256","kid":"ES256-key","typ":""})", "unsupported_header"},
      {R"({"alg":"ES256","kid":"ES256-key","typ":5})", "malformed"},
      {R"({"alg":"ES256","kid":"ES256-key","jku":"https://example.com/keys"})", "unsupported_header"},
      {R"({"alg":"ES256","kid":"ES256-key","jwk":)" + ec.jwk() + "}", "unsupported_header"},
      {R"({"alg":"ES256","kid":"ES256-key","x5u":null})", "unsupported_header"},
      {R"({"alg":"ES256","kid":"ES256-key","x5c":[]})", "unsupported_header"},
      {R"({"alg":"ES256","kid":"ES256-key","crit":["exp"]})", "unsupported_header"},
      {R"({"alg":"ES256"})", "unknown_key"},
      {R"({"alg":"ES256","kid":""})", "unknown_key"},
      {R"({"alg":"ES256","kid":"another"})", "unknown_key"},
      {R"({"alg":"ES256","kid":null})", "malformed"},
      {R"({"alg":"ES256","kid":["ES256-key"]})", "malformed"},
      {R"({"kid":"ES256-key"})", "malformed"},
      {R"({"alg":null,"kid":"ES256-key"})", "malformed"},
      {R"({"alg":"none","kid":"ES256-key"})", "wrong_algorithm"},
      {R"({"alg":"None","kid":"ES256-key"})", "wrong_algorithm"},
      {R"({"alg":"","kid":"ES256-key"})", "wrong_algorithm"},
      {R"({"alg":"es256","kid":"ES256-key"})", "wrong_algorithm"},
      {R"({"alg":"ES384","kid":"ES256-key"})", "wrong_algorithm"},
      {R"({"alg":"HS256","kid":"ES256-key"})", "wrong_algorithm"},
      {R"({"alg":"RS256","kid":"ES256-key"})", "wrong_algorithm"},
      {R"({"alg":"ES256","kid":"EdDSA-key"})", "wrong_algorithm"},
      {R"({"alg":"EdDSA","kid":"EdDSA-key"})", "bad_signature"},
      {R"({"alg":"ES256","alg":"ES256","kid":"ES256-key"})", "malformed"},
      {R"({"alg":"none","kid":"ES256-key","alg":"ES256"})", "malformed"},
      {R"({"alg":"ES256","kid":"ES256-key",})", "malformed"},
      {R"({"alg":"ES256","kid":"ES256-key"} )", "ok"},
      {R"({"alg":"ES256","kid":"ES256-key"}x)", "malformed"},
      {R"(["ES256"])", "malformed"},
      {"", "malformed"}};
  for (const auto& [header, expected] : cases) {
    EXPECT_EQ(verdict_of(token_with_header(ec, header, good_claims())), expected) << header;
  }
}

TEST(Token, ShapeTable) {
  const std::string good = token(key_for(Algorithm::es256), good_claims());
  const auto first = good.find('.'), last = good.rfind('.');
  const std::pair<std::string, std::string> cases[] = {
      {good, "ok"},
      {"", "malformed"},
      {".", "malformed"},
      {"..", "malformed"},
      {"...", "malformed"},
      {good + ".", "malformed"},
      {good + ".AA.AA", "malformed"},
      {good + "=", "malformed"},
      {good + "\n", "malformed"},
      {" " + good, "malformed"},
      {good + "\0"s, "malformed"},
      {good.substr(0, last), "malformed"},
      {good.substr(0, last + 1), "bad_signature"},
      {good.substr(first), "malformed"},
      {good.substr(0, first) + "." + good.substr(last), "bad_signature"},
      {good + std::string(token_bytes_max, 'A'), "too_large"}};
  for (const auto& [text, expected] : cases) EXPECT_EQ(verdict_of(text), expected) << text;
}

TEST(Token, SizeLimitIsExact) {
  const auto of_size = [](std::size_t pad) {
    return token(key_for(Algorithm::eddsa), good_claims(R"(,"pad":")" + std::string(pad, 'p') + "\""));
  };
  std::size_t pad = 5000;
  while (of_size(pad + 1).size() <= token_bytes_max) ++pad;
  EXPECT_EQ(verdict_of(of_size(pad)), "ok");
  EXPECT_EQ(verdict_of(of_size(pad + 1)), "too_large");
  EXPECT_EQ(verdict_of(std::string(token_bytes_max, 'A')), "malformed");
  EXPECT_EQ(verdict_of(std::string(token_bytes_max + 1, 'A')), "too_large");
}

TEST(Token, KeysMayNotBeMixedUp) {
  const SigningKey& rs = key_for(Algorithm::rs256);
  const SigningKey& ps = key_for(Algorithm::ps256);
  // Signed by the right key, but by the other padding: with the key's own alg and with the padding's.
  const std::string rs_header = R"({"alg":"RS256","kid":"RS256-key"})",
                    ps_header = R"({"alg":"PS256","kid":"PS256-key"})";
  EXPECT_EQ(verdict_of(token_with_header(rs.pinned_to(Algorithm::ps256), rs_header, good_claims())), "bad_signature");
  EXPECT_EQ(verdict_of(token_with_header(ps.pinned_to(Algorithm::rs256), ps_header, good_claims())), "bad_signature");
  EXPECT_EQ(verdict_of(token(rs.pinned_to(Algorithm::ps256), good_claims())), "wrong_algorithm");
  EXPECT_EQ(verdict_of(token(ps.pinned_to(Algorithm::rs256), good_claims())), "wrong_algorithm");
  // PSS with other salts.
  for (const int salt_bytes : {0, 20, 31, 33, 64}) {
    const std::string text = signed_text(ps_header, good_claims());
    EXPECT_EQ(verdict_of(text + "." + base64url_encode(ps.sign_with_salt(text, salt_bytes))), "bad_signature");
  }
}

TEST(Token, Es256SignatureIsRawAndInRange) {
  const SigningKey& ec = key_for(Algorithm::es256);
  const std::string text = signed_text(R"({"alg":"ES256","kid":"ES256-key"})", good_claims());
  const std::string zero(32, '\0'), ones(32, '\xff');
  const std::string order =
      *base64url_decode("_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE");  // SEC 2 section 2.4.2: the order of P-256
  const std::string good = ec.sign(text);
  for (const std::string& bad :
       {zero + zero, zero + good.substr(32), good.substr(0, 32) + zero, ones + ones, order + order, good.substr(0, 63),
        good + "x", "\x30\x06\x02\x01\x01\x02\x01\x01"s, order + good.substr(32), good.substr(0, 32) + order}) {
    EXPECT_EQ(verdict_of(text + "." + base64url_encode(bad)), "bad_signature");
  }
}

TEST(Token, APublicKeyIsNoHmacSecret) {
  for (const Algorithm algorithm : {Algorithm::rs256, Algorithm::ps256, Algorithm::es256, Algorithm::eddsa}) {
    const SigningKey& key = key_for(algorithm);
    for (const std::string& secret : {key.pem(), key.pem().substr(0, key.pem().size() - 1), key.jwk()}) {
      for (const std::string& kid : {R"(,"kid":")" + key.kid() + "\"", std::string()}) {
        const std::string text = signed_text(R"({"alg":"HS256")" + kid + "}", good_claims());
        const auto code = HmacSha256(secret)({text});
        const auto found = verdict_of(text + "." + base64url_encode({code.data(), code.size()}));
        EXPECT_EQ(found, kid.empty() ? "unknown_key" : "wrong_algorithm");
      }
    }
  }
}

TEST(Token, ADevelopmentSecretTakesHs256Alone) {
  const std::string secret(32, 's');
  const TokenVerifier verifier(std::make_shared<FixedKeys>(KeySet::from_dev_secret(secret)), {});
  const auto with_header = [&](const std::string& header) {
    const std::string text = signed_text(header, good_claims());
    const auto code = HmacSha256(secret)({text});
    return verdict(verifier.verify(text + "." + base64url_encode({code.data(), code.size()}), now));
  };
  EXPECT_EQ(with_header(R"({"alg":"HS256"})"), "ok");
  EXPECT_EQ(with_header(R"({"alg":"HS256","kid":"dev"})"), "unknown_key");
  EXPECT_EQ(with_header(R"({"alg":"HS512"})"), "wrong_algorithm");
  EXPECT_EQ(with_header(R"({"alg":"none"})"), "wrong_algorithm");
  const std::string text = signed_text(R"({"alg":"HS256"})", good_claims());
  const auto code = HmacSha256(secret)({text});
  EXPECT_EQ(verdict(verifier.verify(text + "." + base64url_encode({code.data(), 16}), now)), "bad_signature");
  EXPECT_EQ(verdict(verifier.verify(text + ".", now)), "bad_signature");
  EXPECT_EQ(verdict(verifier.verify(token(key_for(Algorithm::es256), good_claims()), now)), "unknown_key");
}

TEST(Token, EveryErrorHasItsOwnSentence) {
  std::vector<std::string_view> texts;
  for (int i = 0; i <= static_cast<int>(TokenError::wrong_audience); ++i) {
    texts.push_back(token_error_text(static_cast<TokenError>(i)));
    EXPECT_FALSE(texts.back().empty());
  }
  std::sort(texts.begin(), texts.end());
  EXPECT_EQ(std::adjacent_find(texts.begin(), texts.end()), texts.end());
}

}  // namespace
}  // namespace contactd::auth::test
