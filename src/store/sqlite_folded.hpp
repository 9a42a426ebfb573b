// The SQL function `folded(text)`: a text as `search` compares it, for what has no search table.
#pragma once

struct sqlite3;

namespace contactd::store {

/// Makes `folded` known to a connection. False when SQLite refuses it.
bool add_folded_function(sqlite3* database);

}  // namespace contactd::store
