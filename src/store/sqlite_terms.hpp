// The tokens that a search table of SQLite holds.
#pragma once

#include <cstdint>
#include <string>

#include "store/sqlite.hpp"

namespace contactd::store {

/// One occurrence of a token: in the row of that place, the so-manieth of its tokens.
using TermVisitor = FunctionRef<void(std::string_view term, std::int64_t place, std::int64_t number)>;

/// Lets a connection read the tokens of that search table. To be called outside of a transaction.
void open_terms(Connection& connection, const std::string& search_table);
/// Gives every token, in no order that the caller should rely on. Throws StoreError.
void for_each_term(Connection& connection, const std::string& search_table, TermVisitor visit);

}  // namespace contactd::store
