// What the search tables of PostgreSQL are indexed by: numbers that stand for pieces of words and for keys.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace contactd::store {

/// Raise it when words are cut, or tokens are made, in another way than before.
inline constexpr std::string_view tokens_version = "1";

/// Of a tenant's own: the same piece has another token with every tenant, so that a search costs what the tenant's own
/// rows cost. Two pieces may share one; what is found is then looked at again.
std::int64_t token_of_piece(std::int64_t tenant, std::string_view piece);
std::int64_t token_of_key(std::int64_t tenant, std::string_view key);

/// The tokens of a row's text (`indexed_text`): of each three and each two characters that stand side by side in a
/// word, and of its keys. As the literal of an array, `{1,2}`, each once.
std::string tokens_of_text(std::int64_t tenant, std::string_view text);

/// The tokens that a row must have to contain all the words. None for a word of a single character, which nearly every
/// row contains.
std::string tokens_of_words(std::int64_t tenant, const std::vector<std::string>& words);

/// The literal of an array of numbers.
std::string array_of(const std::vector<std::int64_t>& numbers);

}  // namespace contactd::store
