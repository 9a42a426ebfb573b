// One attempt to connect, with what the operator said and what is wise besides.
#pragma once

#include <optional>
#include <string>

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

/// Blocks. `only` is tried in place of the URL's hosts; `timeout_seconds` is for each host, else the URL's or 3.
/// Gives what PQfinish has to be called for, also when it is not connected. Throws StoreError when libpq does not
/// understand the URL.
pg_conn* connect_to_postgres(const std::string& url, const std::optional<PostgresAddress>& only,
                             const char* timeout_seconds = nullptr);

}  // namespace contactd::store
