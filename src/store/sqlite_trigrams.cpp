// The tokenizer as FTS5 calls it.
#include "store/sqlite_trigrams.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <string>

namespace contactd::store {
namespace {

constexpr int characters = 3;

using TakeToken = int (*)(void*, int, const char*, int, int, int);

bool begins_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

/// Where the character behind the one at `at` begins.
std::size_t next_character(std::string_view text, std::size_t at) {
  do {
    ++at;
  } while (at < text.size() && !begins_character(text[at]));
  return at;
}

/// Hands on the tokens of one word; `token` holds the mark and keeps it.
class WordTokens {
 public:
  WordTokens(std::string mark, void* context, TakeToken take)
      : token_(std::move(mark)), mark_size_(token_.size()), context_(context), take_(take) {}

  int give(std::string_view characters_of_token) {
    token_.resize(mark_size_);
    token_ += characters_of_token;
    return take_(context_, 0, token_.data(), static_cast<int>(token_.size()), 0, 0);
  }

  /// Every character begins a token; of a query only those that have two more behind them.
  int give_all(std::string_view word, bool is_query) {
    for (std::size_t start = 0; start < word.size(); start = next_character(word, start)) {
      std::size_t end = start;
      int taken = 0;
      for (; taken < characters && end < word.size(); ++taken) end = next_character(word, end);
      if (is_query && taken < characters && start > 0) return SQLITE_OK;
      if (const int code = give(word.substr(start, end - start)); code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
  }

 private:
  std::string token_;
  std::size_t mark_size_;
  void* context_;
  TakeToken take_;
};

int tokenize(Fts5Tokenizer*, void* context, int flags, const char* bytes, int size, TakeToken take) {
  std::string_view text(bytes, static_cast<std::size_t>(size));
  const auto mark_end = text.find('\n');
  if (mark_end == std::string_view::npos) return SQLITE_OK;  // nobody's text: it has no tokens
  WordTokens tokens(std::string(text.substr(0, mark_end + 1)), context, take);
  text.remove_prefix(mark_end + 1);
  if ((flags & FTS5_TOKENIZE_PREFIX) != 0) return tokens.give(text);
  std::string_view words = text.substr(0, text.find('\n'));
  std::string_view keys = text.substr(words.size());
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    const int code = tokens.give_all(word, (flags & FTS5_TOKENIZE_QUERY) != 0);
    if (code != SQLITE_OK) return code;
    words.remove_prefix(std::min(words.size(), word.size() + 1));
  }
  while (!keys.empty()) {  // each with the line feed before it, which no other token has there
    const std::string_view key = keys.substr(0, keys.find('\n', 1));
    if (const int code = tokens.give(key); code != SQLITE_OK) return code;
    keys.remove_prefix(key.size());
  }
  return SQLITE_OK;
}

/// The tokenizer has no state: FTS5 only wants a pointer that is not null.
int create(void* context, const char**, int, Fts5Tokenizer** made) {
  *made = static_cast<Fts5Tokenizer*>(context);
  return SQLITE_OK;
}

}  // namespace

void for_each_token(std::string_view text, FunctionRef<void(std::string_view)> visit) {
  const auto take = [](void* context, int, const char* bytes, int size, int, int) {
    (*static_cast<FunctionRef<void(std::string_view)>*>(context))({bytes, static_cast<std::size_t>(size)});
    return SQLITE_OK;
  };
  tokenize(nullptr, &visit, 0, text.data(), static_cast<int>(text.size()), take);
}

bool add_trigrams_tokenizer(sqlite3* database) {
  static int no_state = 0;
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  if (api == nullptr) return false;
  fts5_tokenizer tokenizer{create, [](Fts5Tokenizer*) {}, tokenize};
  return api->xCreateTokenizer(api, trigrams_tokenizer.data(), &no_state, &tokenizer, nullptr) == SQLITE_OK;
}

}  // namespace contactd::store
