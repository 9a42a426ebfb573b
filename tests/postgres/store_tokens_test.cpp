// Tokens: whatever a text contains is found by them, and each tenant has its own.
#include "store/postgres_tokens.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace contactd::store {
namespace {

std::set<std::string> numbers_of(const std::string& literal) {
  std::set<std::string> numbers;
  std::string number;
  for (const char c : literal.substr(1)) {
    if (c != ',' && c != '}') {
      number += c;
    } else if (!number.empty()) {
      numbers.insert(std::exchange(number, {}));
    }
  }
  return numbers;
}

bool has_all(const std::string& text, const std::vector<std::string>& words) {
  return testing::Value(numbers_of(tokens_of_text(7, text)),
                        testing::IsSupersetOf(numbers_of(tokens_of_words(7, words))));
}

TEST(PostgresTokensTest, EveryPieceOfAWordIsFound) {
  const std::vector<std::string> characters{"a", "b", "1", "ß", "é", "漢", "😀"};
  std::mt19937 random(20260);  // always the same words
  for (int round = 0; round < 2'000; ++round) {
    std::vector<std::string> word;
    for (std::size_t i = random() % 9; i-- > 0;) word.push_back(characters[random() % characters.size()]);
    const auto joined = [&](std::size_t from, std::size_t to) {
      std::string text;
      for (std::size_t i = from; i < to; ++i) text += word[i];
      return text;
    };
    const std::size_t from = word.empty() ? 0 : random() % word.size();
    const std::size_t to = from + (word.empty() ? 0 : random() % (word.size() - from + 1));
    const std::string text = "xx " + joined(0, word.size()) + " yy \nkey:one";
    EXPECT_TRUE(has_all(text, {joined(from, to), "xx"})) << text << " has " << joined(from, to);
  }
}

TEST(PostgresTokensTest, WhatIsNotThereHasOtherTokens) {
  EXPECT_FALSE(has_all("asha rao ", {"sharao"}));
  EXPECT_FALSE(has_all("asha rao ", {"ar"}));
  EXPECT_FALSE(has_all("asha rao \npan:abc", {"pan"}));
  EXPECT_TRUE(has_all("asha rao ", {"a"}));
  EXPECT_EQ(tokens_of_words(7, {"a", "漢"}), "{}");
}

TEST(PostgresTokensTest, TenantsAndKindsHaveTheirOwn) {
  EXPECT_NE(token_of_piece(1, "abc"), token_of_piece(2, "abc"));
  EXPECT_NE(token_of_piece(1, "abc"), token_of_key(1, "abc"));
  EXPECT_THAT(numbers_of(tokens_of_text(1, " \npan:abc\nname:x")),
              testing::UnorderedElementsAre(std::to_string(token_of_key(1, "pan:abc")),
                                            std::to_string(token_of_key(1, "name:x"))));
}

TEST(PostgresTokensTest, TheyStayAsTheyAre) {
  // Another value here makes every search table stale: raise `tokens_version` then.
  EXPECT_EQ(tokens_version, "1");
  EXPECT_EQ(token_of_piece(1, "abc"), 2028854741175231045);
}

}  // namespace
}  // namespace contactd::store
