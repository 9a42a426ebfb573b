// The engine for several nodes: connections to a PostgreSQL server, through libpq.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "store/connection.hpp"

namespace contactd::store {

class PostgresPrimary;

/// libpq's target_session_attrs: of the hosts of a URL the one that takes writes, or rather one that does not.
inline constexpr const char* primary_wanted = "read-write";
inline constexpr const char* replica_wanted = "prefer-standby";

/// How connections are opened.
struct PostgresOptions {
  std::string url;  ///< All that libpq takes: postgresql://…, several hosts, or its key=value form.
  const char* server_wanted = primary_wanted;  ///< Unless the URL says so itself.
  /// Off for a pooler that gives every transaction another server connection and knows no prepared statements.
  bool prepared_statements = true;
  /// A server that says nothing for so long is taken for lost.
  std::chrono::milliseconds silence_max{30'000};
  /// From then on it is looked whether another server has become the primary; if so, the silent one is lost at once.
  std::chrono::milliseconds look_after{3'000};
  std::shared_ptr<PostgresPrimary> primary = nullptr;  ///< What the connections of a node know together.
  std::int64_t shard = 0;                              ///< `Connection::shard`.
  /// Called when a server was found, at the beginning of a transaction: what was known of the one before may be wrong.
  std::function<void()> on_open = nullptr;
};

/// Whether a --store names a PostgreSQL server.
bool is_postgres_url(std::string_view store);

/// The text without what looks like a password, for logs and messages.
std::string without_password(std::string text);

/// Opens nothing yet: whoever begins does, and whoever begins when the connection was lost.
std::unique_ptr<Connection> make_postgres_connection(const PostgresOptions& options);

/// Connects once and looks whether this server can hold a store at all. Throws std::runtime_error with one line that
/// says what to do.
void check_postgres_server(const PostgresOptions& options);

}  // namespace contactd::store
