// What the engine's own files need of each other's connections.
#pragma once

#include "store/connection.hpp"

struct sqlite3;

namespace contactd::store {

/// Of a connection that `open_sqlite_reader` or `open_sqlite_writer` gave, unwrapped. Throws std::bad_cast for others.
sqlite3* handle_of(Connection& connection);

}  // namespace contactd::store
