// The tokenizer of the search tables, for one connection of SQLite.
#pragma once

#include <string_view>

#include "base/function_ref.hpp"

struct sqlite3;

namespace contactd::store {

/// The tokenizer's name in DDL.
inline constexpr std::string_view trigrams_tokenizer = "contactd_trigrams";

/// Makes the tokenizer known to a connection; every connection that touches a search table needs it.
///
/// A text is a tenant's mark, a line feed, words with spaces between them, and keys with a line feed before each. A key
/// is one token, whole: the mark, a line feed, and the line feed and key (`store/dedupe_keys.hpp`). Each character of a
/// word begins a token: the mark, the line feed, and that character with the two behind it, or as many as the word
/// still has. So a word of three characters or more is found as the phrase of its trigrams, a shorter one as the
/// beginning of a token (a query asks for it with a star); nothing is found across words; and each tenant has tokens of
/// its own, so that a search costs what the tenant's own rows cost.
///
/// False when this SQLite has no FTS5.
bool add_trigrams_tokenizer(sqlite3* database);

/// The tokens of a text, in the order in which a search table numbers them.
void for_each_token(std::string_view text, FunctionRef<void(std::string_view)> visit);

}  // namespace contactd::store
