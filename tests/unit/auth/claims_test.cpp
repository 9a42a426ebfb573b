// Claims: one table for times, issuer, audience and scopes, one for tenant and user, and their names as settings.
#include <gtest/gtest.h>

#include "support.hpp"

namespace contactd::auth::test {
namespace {

TEST(Claims, Table) {
  const auto at = [](std::int64_t seconds) { return std::to_string(now + seconds); };
  const std::string who = R"({"tenant_id":"tenant-1","user_id":"user.001")";
  const std::pair<std::string, std::string> cases[] = {
      {good_claims(), "ok"},
      // exp: no leeway
      {who + "}", "bad_claims"},
      {who + R"(,"exp":)" + at(1) + "}", "ok"},
      {who + R"(,"exp":)" + at(0) + "}", "expired"},
      {who + R"(,"exp":)" + at(0) + ".5}", "ok"},
      {who + R"(,"exp":)" + at(-1) + ".5}", "expired"},
      {who + R"(,"exp":)" + at(-1) + "}", "expired"},
      {who + R"(,"exp":0})", "expired"},
      {who + R"(,"exp":-1})", "bad_claims"},
      {who + R"(,"exp":")" + at(60) + "\"}", "bad_claims"},
      {who + R"(,"exp":null})", "bad_claims"},
      {who + R"(,"exp":true})", "bad_claims"},
      {who + R"(,"exp":[)" + at(60) + "]}", "bad_claims"},
      {who + R"(,"exp":1.8e9})", "ok"},
      {who + R"(,"exp":9007199254740992})", "ok"},
      {who + R"(,"exp":9007199254740994})", "bad_claims"},
      {who + R"(,"exp":18446744073709551615})", "bad_claims"},
      {who + R"(,"exp":1e300})", "bad_claims"},
      {who + R"(,"exp":)" + at(60) + R"(,"exp":)" + at(60) + "}", "malformed"},
      // nbf, iat: 60 s
      {good_claims(R"(,"nbf":)" + at(60)), "ok"},
      {good_claims(R"(,"nbf":)" + at(61)), "not_yet_valid"},
      {good_claims(R"(,"nbf":)" + at(60) + ".1"), "not_yet_valid"},
      {good_claims(R"(,"nbf":"0")"), "bad_claims"},
      {good_claims(R"(,"nbf":-5)"), "bad_claims"},
      {good_claims(R"(,"nbf":1e18)"), "bad_claims"},
      {good_claims(R"(,"iat":)" + at(60)), "ok"},
      {good_claims(R"(,"iat":)" + at(61)), "not_yet_valid"},
      {good_claims(R"(,"iat":null)"), "bad_claims"},
      {good_claims(R"(,"iat":0)"), "ok"},
      // iss, aud when none is pinned: only their types
      {good_claims(R"(,"iss":"anybody","aud":["x","y"])"), "ok"},
      {good_claims(R"(,"iss":5)"), "bad_claims"},
      {good_claims(R"(,"aud":["x",5])"), "bad_claims"},
      {good_claims(R"(,"aud":{})"), "bad_claims"},
      // scope
      {good_claims(R"(,"scope":"")"), "ok"},
      {good_claims(R"(,"scope":["contacts:read"])"), "bad_claims"},
      {good_claims(R"(,"scope":null)"), "bad_claims"},
      // not an object
      {"[]", "malformed"},
      {"null", "malformed"},
      {"", "malformed"},
      {good_claims() + "x", "malformed"},
      {"\xef\xbb\xbf" + good_claims(), "malformed"}};
  for (const auto& [claims, expected] : cases) {
    EXPECT_EQ(verdict_of(token(key_for(Algorithm::es256), claims)), expected) << claims;
  }
}

TEST(Claims, TenantAndUserTable) {
  const std::string exp = R"(,"exp":)" + std::to_string(now + 60) + "}";
  const std::string fifty(50, 'a');
  const std::pair<std::string, std::string> cases[] = {
      {R"({"tenant_id":"12345678","user_id":"A.b_c-d9")", "ok"},
      {R"({"tenant_id":"12345678","sub":"subject-1")", "ok"},
      {R"({"tenant_id":")" + fifty + R"(","user_id":")" + fifty + "\"", "ok"},
      {R"({"tenant_id":")" + fifty + R"(a","user_id":"user.001")", "bad_claims"},
      {R"({"tenant_id":"1234567","user_id":"user.001")", "bad_claims"},
      {R"({"tenant_id":"","user_id":"user.001")", "bad_claims"},
      {R"({"tenant_id":"tenant 1","user_id":"user.001")", "bad_claims"},
      {R"({"tenant_id":"tenant-1\n","user_id":"user.001")", "bad_claims"},
      {R"({"tenant_id":"tenant-1\u0000","user_id":"user.001")", "bad_claims"},
      {R"({"tenant_id":"tenant/../1","user_id":"user.001")", "bad_claims"},
      {R"({"tenant_id":"ténant-12","user_id":"user.001")", "bad_claims"},
      {R"({"tenant_id":12345678,"user_id":"user.001")", "bad_claims"},
      {R"({"tenant_id":["tenant-1"],"user_id":"user.001")", "bad_claims"},
      {R"({"tenant_id":null,"user_id":"user.001")", "bad_claims"},
      {R"({"user_id":"user.001")", "bad_claims"},
      {R"({"tenant_id":"tenant-1")", "bad_claims"},
      {R"({"tenant_id":"tenant-1","user_id":"short","sub":"subject-1")", "bad_claims"},
      {R"({"tenant_id":"tenant-1","user_id":null,"sub":"subject-1")", "bad_claims"},
      {R"({"tenant_id":"tenant-1","sub":5)", "bad_claims"},
      {R"({"tenant_id":"tenant-1","tenant_id":"tenant-2","user_id":"user.001")", "malformed"},
      {R"({"tenant_id":"tenant-1","tenant\u005fid":"tenant-2","user_id":"user.001")", "malformed"},
      {R"({"Tenant_id":"tenant-1","user_id":"user.001")", "bad_claims"}};
  for (const auto& [claims, expected] : cases) {
    EXPECT_EQ(verdict_of(token(key_for(Algorithm::eddsa), claims + exp)), expected) << claims;
  }
}

TEST(Claims, IssuerAndAudienceArePinned) {
  TokenRules rules;
  rules.issuer = "https://id.example";
  rules.audience = "contacts";
  const std::string iss = R"(,"iss":"https://id.example")";
  const std::pair<std::string, std::string> cases[] = {
      {iss + R"(,"aud":"contacts")", "ok"},
      {iss + R"(,"aud":["other","contacts"])", "ok"},
      {iss + R"(,"aud":[])", "wrong_audience"},
      {iss + R"(,"aud":"contact")", "wrong_audience"},
      {iss + R"(,"aud":["contacts ","CONTACTS"])", "wrong_audience"},
      {iss + R"(,"aud":["contacts",null])", "bad_claims"},
      {iss, "wrong_audience"},
      {R"(,"aud":"contacts")", "wrong_issuer"},
      {R"(,"iss":"https://id.example/","aud":"contacts")", "wrong_issuer"},
      {R"(,"iss":["https://id.example"],"aud":"contacts")", "bad_claims"}};
  for (const auto& [more, expected] : cases) {
    EXPECT_EQ(verdict_of(token(key_for(Algorithm::es256), good_claims(more)), rules), expected) << more;
  }
}

TEST(Claims, NamesOfClaimsAreSettings) {
  TokenRules rules;
  rules.tenant_claim = "https://example.com/tenant";
  rules.user_claim = "uid";
  rules.scope_claim = "scp";
  const auto result = verifier_for(all_keys(), rules)
                          .verify(token(key_for(Algorithm::es256),
                                        good_claims(R"(,"https://example.com/tenant":"tenant-2","uid":"user.002",)"
                                                    R"("scp":"contacts:approve","scope":"contacts:read")")),
                                  now);
  ASSERT_EQ(verdict(result), "ok");
  EXPECT_EQ(std::get<Principal>(result).tenant, "tenant-2");
  EXPECT_EQ(std::get<Principal>(result).user, "user.002");
  EXPECT_TRUE(std::get<Principal>(result).may(Scope::contacts_approve));
  EXPECT_FALSE(std::get<Principal>(result).may(Scope::contacts_read));

  TokenRules twice, empty, reserved;
  twice.user_claim = "tenant_id";
  empty.scope_claim = "";
  reserved.tenant_claim = "iss";
  for (const TokenRules& wrong : {twice, empty, reserved}) EXPECT_THROW(verifier_for(all_keys(), wrong), SetupError);
}

}  // namespace
}  // namespace contactd::auth::test
