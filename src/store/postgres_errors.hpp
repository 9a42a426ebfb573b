// What the five characters of an SQLSTATE mean for the requests that were running.
#pragma once

#include <string_view>

#include "store/connection.hpp"

namespace contactd::store {

StoreError::Kind kind_of_sqlstate(std::string_view sqlstate);

/// Whether the server will do nothing more on this connection, or should not be asked on it again.
bool ends_connection(std::string_view sqlstate);

/// Whether a message of that kind never repeats a value that a client sent.
bool is_free_of_values(std::string_view sqlstate);

/// A libpq message about a server that cannot be used, as one line that says what to do.
std::string advice_for(std::string_view libpq_message);

}  // namespace contactd::store
