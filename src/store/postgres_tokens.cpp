// Cutting words into pieces of two and three characters, and hashing them.
#include "store/postgres_tokens.hpp"

#include <algorithm>
#include <charconv>

namespace contactd::store {
namespace {

/// FNV-1a, whose weak upper bits are mixed at the end (MurmurHash3's finaliser).
std::uint64_t hash_of(std::int64_t tenant, char kind, std::string_view bytes) {
  constexpr std::uint64_t prime = 0x100000001B3U;
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (int i = 0; i < 8; ++i) hash = (hash ^ (static_cast<std::uint64_t>(tenant) >> 8 * i & 0xFF)) * prime;
  hash = (hash ^ static_cast<unsigned char>(kind)) * prime;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * prime;
  hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCDU;
  hash = (hash ^ hash >> 33) * 0xC4CEB9FE1A85EC53U;
  return hash ^ hash >> 33;
}

bool begins_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

std::size_t next_character(std::string_view text, std::size_t at) {
  do {
    ++at;
  } while (at < text.size() && !begins_character(text[at]));
  return at;
}

/// Visits the pieces of that many characters.
template <class Visit>
void for_each_piece(std::string_view word, int characters, Visit&& visit) {
  std::size_t end = 0;
  for (int taken = 0; taken < characters; ++taken) {
    if (end >= word.size()) return;
    end = next_character(word, end);
  }
  for (std::size_t start = 0;; start = next_character(word, start), end = next_character(word, end)) {
    visit(word.substr(start, end - start));
    if (end >= word.size()) return;
  }
}

/// Visits what stands between separators; nothing that is empty.
template <class Visit>
void for_each_part(std::string_view text, char separator, Visit&& visit) {
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(separator));
    if (!part.empty()) visit(part);
    text.remove_prefix(std::min(text.size(), part.size() + 1));
  }
}

std::string distinct_array(std::vector<std::int64_t> tokens) {
  std::sort(tokens.begin(), tokens.end());
  tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
  return array_of(tokens);
}

}  // namespace

std::int64_t token_of_piece(std::int64_t tenant, std::string_view piece) {
  return static_cast<std::int64_t>(hash_of(tenant, 'p', piece));
}

std::int64_t token_of_key(std::int64_t tenant, std::string_view key) {
  return static_cast<std::int64_t>(hash_of(tenant, 'k', key));
}

std::string tokens_of_text(std::int64_t tenant, std::string_view text) {
  std::vector<std::int64_t> tokens;
  const std::string_view words = text.substr(0, text.find('\n'));
  for_each_part(words, ' ', [&](std::string_view word) {
    for (const int characters : {2, 3}) {
      for_each_piece(word, characters,
                     [&](std::string_view piece) { tokens.push_back(token_of_piece(tenant, piece)); });
    }
  });
  for_each_part(text.substr(words.size()), '\n',
                [&](std::string_view key) { tokens.push_back(token_of_key(tenant, key)); });
  return distinct_array(std::move(tokens));
}

std::string tokens_of_words(std::int64_t tenant, const std::vector<std::string>& words) {
  std::vector<std::int64_t> tokens;
  const auto add = [&](std::string_view piece) { tokens.push_back(token_of_piece(tenant, piece)); };
  for (const std::string& word : words) {
    const std::size_t before = tokens.size();
    for_each_piece(word, 3, add);
    if (tokens.size() == before) for_each_piece(word, 2, add);
  }
  return distinct_array(std::move(tokens));
}

std::string array_of(const std::vector<std::int64_t>& numbers) {
  std::string literal = "{";
  for (const std::int64_t number : numbers) {
    if (literal.size() > 1) literal += ',';
    char text[24];
    literal.append(text, std::to_chars(text, text + sizeof text, number).ptr);
  }
  return literal += '}';
}

}  // namespace contactd::store
