// The JWKS file: rotation, and what happens when it breaks or goes.
#include "auth/key_file.hpp"

#include <gmock/gmock.h>

#include <thread>

#include "auth/verified_tokens.hpp"
#include "support.hpp"

namespace contactd::auth::test {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

class KeyFileTest : public ::testing::Test {
 protected:
  void SetUp() override { write_file(path, jwks({old_key.jwk()})); }
  KeyFile::Report report() {
    return [this](const std::string& line) { lines.push_back(line); };
  }
  bool knows(KeyFile& file, const SigningKey& key) { return file.current()->find(key.kid()) != nullptr; }

  Folder folder;
  std::filesystem::path path = folder / "keys.json";
  std::vector<std::string> lines;
  const SigningKey& old_key = key_for(Algorithm::es256);
  const SigningKey& new_key = key_for(Algorithm::eddsa);
};

TEST_F(KeyFileTest, ErrorsAtTheStart) {
  const auto error_of = [&](const std::filesystem::path& file) -> std::string {
    try {
      KeyFile keys(file);
    } catch (const SetupError& error) {
      return error.what();
    }
    return "no error";
  };
  EXPECT_EQ(error_of(path), "no error");
  EXPECT_THAT(error_of(folder / "missing"), HasSubstr("missing: No such file"));
  EXPECT_THAT(error_of(path.parent_path()), HasSubstr("not a regular file"));
  write_file(path, "{");
  EXPECT_THAT(error_of(path), HasSubstr("keys.json: the JWK Set is not valid JSON"));
  write_file(path, R"({"keys":[]})");
  EXPECT_THAT(error_of(path), HasSubstr("no key"));
  write_file(path, R"({"keys":[{"kty":"oct","kid":"o"}]})");
  EXPECT_THAT(error_of(path), HasSubstr("shared secret"));
  write_file(path, std::string(KeySet::document_bytes_max + 1, ' '));
  EXPECT_THAT(error_of(path), HasSubstr("larger than"));
}

TEST_F(KeyFileTest, Rotation) {
  auto file = std::make_shared<KeyFile>(path, report(), 0ms);
  const TokenVerifier verifier(file, {});
  VerifiedTokens tokens(verifier);
  const std::string by_old = token(old_key, good_claims()), by_new = token(new_key, good_claims());
  EXPECT_EQ(verdict(tokens.verify(by_old, now)), "ok");
  EXPECT_EQ(verdict(tokens.verify(by_new, now)), "unknown_key");
  write_file(path, jwks({old_key.jwk(), new_key.jwk()}));
  EXPECT_EQ(verdict(tokens.verify(by_old, now)), "ok");
  EXPECT_EQ(verdict(tokens.verify(by_new, now)), "ok");
  write_file(path, jwks({new_key.jwk()}));
  EXPECT_EQ(verdict(tokens.verify(by_old, now)), "unknown_key");
  EXPECT_EQ(verdict(tokens.verify(by_new, now)), "ok");
}

TEST_F(KeyFileTest, NoticesWritesOfTheSameSizeInOneTickOfTheFileSystem) {
  const SigningKey one = SigningKey::make(Algorithm::es256, "one"), two = SigningKey::make(Algorithm::es256, "two");
  KeyFile file(path, report(), 0ms);
  for (int i = 0; i < 50; ++i) {
    write_file(path, jwks({(i % 2 == 0 ? one : two).jwk()}));
    ASSERT_EQ(knows(file, one), i % 2 == 0);
    ASSERT_EQ(knows(file, two), i % 2 == 1);
  }
}

TEST_F(KeyFileTest, ReplacedByRename) {
  KeyFile file(path, report(), 0ms);
  write_file(folder / "next", jwks({new_key.jwk()}));
  std::filesystem::rename(folder / "next", path);
  EXPECT_TRUE(knows(file, new_key));
  EXPECT_FALSE(knows(file, old_key));
}

TEST_F(KeyFileTest, SameTextKeepsTheGeneration) {
  KeyFile file(path, report(), 0ms);
  const auto generation = file.generation();
  write_file(path, jwks({old_key.jwk()}));
  EXPECT_EQ(file.generation(), generation);
  write_file(path, jwks({old_key.jwk()}) + "\n");
  EXPECT_NE(file.generation(), generation);
}

TEST_F(KeyFileTest, ABrokenFileKeepsTheKeysAndIsReportedOnce) {
  KeyFile file(path, report(), 0ms);
  const auto generation = file.generation();
  lines.clear();
  write_file(path, R"({"keys":[)");
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(knows(file, old_key));
  EXPECT_EQ(file.generation(), generation);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_THAT(lines[0], HasSubstr("stay as they were"));
  std::filesystem::remove(path);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(knows(file, old_key));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_THAT(lines[1], HasSubstr("No such file"));
  write_file(path, jwks({new_key.jwk()}));
  EXPECT_TRUE(knows(file, new_key));
  EXPECT_FALSE(knows(file, old_key));
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_THAT(lines[2], HasSubstr("signing keys: 1"));
}

TEST_F(KeyFileTest, AnEmptySetRevokesAll) {
  KeyFile file(path, report(), 0ms);
  write_file(path, R"({"keys":[]})");
  EXPECT_FALSE(knows(file, old_key));
  EXPECT_THAT(lines.back(), HasSubstr("so every token is refused"));
}

TEST_F(KeyFileTest, LooksOnlyOncePerInterval) {
  KeyFile file(path, report(), 1h);
  write_file(path, jwks({new_key.jwk()}));
  EXPECT_FALSE(knows(file, new_key));
  EXPECT_TRUE(knows(file, old_key));
}

TEST_F(KeyFileTest, ManyThreadsWhileItChanges) {
  auto file = std::make_shared<KeyFile>(path, nullptr, 0ms);
  const TokenVerifier verifier(file, {});
  const std::string by_old = token(old_key, good_claims());
  std::atomic<bool> stop{false};
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      VerifiedTokens tokens(verifier);
      while (!stop) refused += verdict(tokens.verify(by_old, now)) != "ok";
    });
  }
  for (int i = 0; i < 50; ++i) {
    write_file(folder / "next", i % 2 == 0 ? jwks({old_key.jwk(), new_key.jwk()}) : jwks({old_key.jwk()}));
    std::filesystem::rename(folder / "next", path);
    std::this_thread::sleep_for(1ms);
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(refused, 0);
}

}  // namespace
}  // namespace contactd::auth::test
