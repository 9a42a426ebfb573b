// Development secrets and the tokens made with them.
#include "auth/issuer.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <barrier>
#include <set>
#include <thread>

#include "auth/base64url.hpp"
#include "support.hpp"

namespace contactd::auth::test {
namespace {

using ::testing::HasSubstr;

template <class Action>
std::string error_of(const Action& action) {
  try {
    action();
  } catch (const SetupError& error) {
    return error.what();
  }
  return "no error";
}

class DevSecretTest : public ::testing::Test {
 protected:
  std::string trouble() {
    return error_of([&] { load_or_create_dev_secret(path); });
  }
  void put(std::string_view text, mode_t mode = 0600) {
    write_file(path, text);
    ASSERT_EQ(chmod(path.c_str(), mode), 0);
  }
  Folder folder;
  std::filesystem::path path = folder / "dev-secret";
};

TEST_F(DevSecretTest, IsMadeOnceAndKept) {
  const std::string secret = load_or_create_dev_secret(path);
  EXPECT_EQ(secret.size(), 32u);
  EXPECT_EQ(load_or_create_dev_secret(path), secret);
  EXPECT_EQ(read_text(path), base64url_encode(secret) + "\n");
  struct stat status {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600u);
  const auto files = std::filesystem::directory_iterator(path.parent_path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
  EXPECT_NE(load_or_create_dev_secret(folder / "other"), secret);
}

TEST_F(DevSecretTest, ManyAtOnceGetTheSame) {
  for (int round = 0; round < 20; ++round) {
    const auto shared = folder / ("secret-" + std::to_string(round));
    std::vector<std::string> secrets(4);
    std::vector<std::thread> threads;
    std::barrier start(static_cast<std::ptrdiff_t>(secrets.size()));
    for (std::string& secret : secrets) {
      threads.emplace_back([&] {
        start.arrive_and_wait();
        secret = load_or_create_dev_secret(shared);
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(std::set<std::string>(secrets.begin(), secrets.end()).size(), 1u);
  }
}

TEST_F(DevSecretTest, WhatAFileMayHold) {
  const std::string text = base64url_encode(std::string(32, 's'));
  for (const std::string& good : {text, text + "\n", text + "\r\n", base64url_encode(std::string(100, 's'))}) {
    put(good);
    EXPECT_EQ(trouble(), "no error") << good;
  }
  put(text, 0400);
  EXPECT_EQ(trouble(), "no error");
  for (const mode_t mode : {0640, 0604, 0620, 0602, 0644, 0610}) {
    put(text, mode);
    EXPECT_THAT(trouble(), HasSubstr("chmod 600"));
  }
  put(base64url_encode(std::string(31, 's')));
  EXPECT_THAT(trouble(), HasSubstr("under 32 bytes"));
  put("");
  EXPECT_THAT(trouble(), HasSubstr("under 32 bytes"));
  put(text + "=");
  EXPECT_THAT(trouble(), HasSubstr("base64url"));
  put(text + "\n" + text);
  EXPECT_THAT(trouble(), HasSubstr("base64url"));
  put(std::string(5000, 'A'));
  EXPECT_THAT(trouble(), HasSubstr("larger"));
}

TEST_F(DevSecretTest, WhereAFileMayBe) {
  EXPECT_THAT(error_of([&] { load_or_create_dev_secret(folder / "no/such/dev-secret"); }), HasSubstr("No such file"));
  EXPECT_THAT(error_of([&] { load_or_create_dev_secret(path.parent_path()); }), HasSubstr("not a regular file"));
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  EXPECT_THAT(trouble(), HasSubstr("not a regular file"));
}

TEST(Issuer, ItsTokensAreGood) {
  const std::string secret(32, 's');
  TokenRules rules;
  rules.issuer = "a \"quoted\" issuer";
  rules.audience = "contacts";
  rules.tenant_claim = "tid";
  rules.user_claim = "sub";
  for (const TokenRules& each : {TokenRules{}, rules}) {
    const TokenVerifier verifier(std::make_shared<FixedKeys>(KeySet::from_dev_secret(secret)), each);
    const std::string text = issue_token({"tenant-1", "user.001", all_scopes(), 60}, secret, now, each);
    const auto result = verifier.verify(text, now);
    ASSERT_EQ(verdict(result), "ok");
    EXPECT_EQ(std::get<Principal>(result).tenant, "tenant-1");
    EXPECT_EQ(std::get<Principal>(result).user, "user.001");
    EXPECT_EQ(std::get<Principal>(result).scopes, 0b11110);
    EXPECT_EQ(std::get<Principal>(result).expires_at, now + 60);
    EXPECT_EQ(verdict(verifier.verify(text, now + 59)), "ok");
    EXPECT_EQ(verdict(verifier.verify(text, now + 60)), "expired");
  }
  const TokenVerifier other(std::make_shared<FixedKeys>(KeySet::from_dev_secret(std::string(32, 't'))), {});
  EXPECT_EQ(verdict(other.verify(issue_token({"tenant-1", "user.001", "", 60}, secret, now), now)), "bad_signature");
}

TEST(Issuer, ScopesAreAsWished) {
  const std::string secret(32, 's');
  const TokenVerifier verifier(std::make_shared<FixedKeys>(KeySet::from_dev_secret(secret)), {});
  const auto scopes = [&](const std::string& wished) {
    const auto text = issue_token({"tenant-1", "user.001", wished, 60}, secret, now);
    return std::get<Principal>(verifier.verify(text, now)).scopes;
  };
  EXPECT_EQ(scopes(""), 0);
  EXPECT_EQ(scopes("contacts:read"), 0b10);
  EXPECT_EQ(scopes("  contacts:read   contacts:approve "), 0b1010);
}

TEST(Issuer, RefusedWishes) {
  const std::string secret(32, 's');
  const std::pair<TokenWish, std::string> cases[] = {
      {{"short", "user.001", "", 60}, "the tenant must be 8 to 50"},
      {{"tenant 1", "user.001", "", 60}, "the tenant must be 8 to 50"},
      {{"tenant-1", std::string(51, 'u'), "", 60}, "the user must be 8 to 50"},
      {{"tenant-1", "user.001", "contacts:read,contacts:write", 60}, "there is no scope"},
      {{"tenant-1", "user.001", "contacts:delete", 60}, "contacts:approve namespaces:write"},
      {{"tenant-1", "user.001", "", 0}, "from 1s to 366d"},
      {{"tenant-1", "user.001", "", ttl_seconds_max + 1}, "from 1s to 366d"}};
  for (const auto& [wish, message] : cases) {
    EXPECT_THAT(error_of([&, &asked = wish] { issue_token(asked, secret, now); }), HasSubstr(message));
  }
  EXPECT_THAT(error_of([&] { issue_token({"tenant-1", "user.001", "", 60}, "short", now); }), HasSubstr("32 bytes"));
}

TEST(Issuer, TimesToLive) {
  const std::pair<const char*, std::int64_t> good[] = {
      {"30s", 30}, {"15m", 900}, {"1h", 3600}, {"7d", 604'800}, {"1s", 1}, {"366d", ttl_seconds_max}, {"007s", 7}};
  for (const auto& [text, seconds] : good) EXPECT_EQ(parse_ttl(text), seconds);
  for (const char* const text : {"", "s", "h", "30", "0s", "0d", "-1h", "+1h", " 1h", "1h ", "1.5h", "1H", "1w", "367d",
                                 "1h30m", "99999999999999999999s", "999999999d", "1\xc2\xa0h"}) {
    EXPECT_THAT(error_of([&] { parse_ttl(text); }), HasSubstr("30s, 15m, 1h or 7d")) << text;
  }
}

}  // namespace
}  // namespace contactd::auth::test
