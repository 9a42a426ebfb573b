// One attempt to connect, with what the operator said and what is wise besides.
#pragma once

#include <optional>
#include <string>

#include "store/postgres.hpp"

struct pg_conn;

namespace contactd::store {

/// One of the hosts that a URL names, as libpq came to it.
struct PostgresAddress {
  std::string host;  ///< The name that a certificate has to bear, or the folder of a socket.
  std::string host_address;
  std::string port;
  friend bool operator==(const PostgresAddress&, const PostgresAddress&) = default;
};

PostgresAddress address_of(const pg_conn* connection);

/// To which server, and how long it is tried.
struct PostgresAttempt {
  const std::string& url;
  const char* server_wanted = primary_wanted;  ///< libpq's target_session_attrs, where the URL has none.
  std::optional<PostgresAddress> only = {};    ///< Tried in place of the URL's hosts.
  const char* timeout_seconds = nullptr;       ///< For each host; else the URL's, or 3.
};

/// Blocks. Gives what PQfinish has to be called for, also when it is not connected. Throws StoreError when libpq does
/// not understand the URL.
pg_conn* connect_to_postgres(const PostgresAttempt& attempt);

}  // namespace contactd::store
