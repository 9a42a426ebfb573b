// Which server is the primary, as far as any connection of this node has seen. A promotion begins a new timeline: by
// its number a server that was the primary, and does not know yet that it is no more, is told from the one that is.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "store/postgres_connect.hpp"

namespace contactd::store {

/// A server as it introduces itself. What it does not tell (a standby, or an engine that only speaks as PostgreSQL
/// does) stays empty and 0.
struct PostgresServer {
  PostgresAddress address;
  std::string system;         ///< What a primary and its standbys have in common.
  std::int64_t timeline = 0;  ///< Higher with each promotion.
};

/// Asks a server that was just connected to. Null when it does not answer in time.
std::optional<PostgresServer> introduction_of(pg_conn* connection, std::chrono::milliseconds answer_max);

/// Shared by all connections of a node, from any thread.
class PostgresPrimary {
 public:
  /// Notes a server that takes writes. False when another one has been promoted since it was.
  bool note(const PostgresServer& server);
  /// Whether another server has been promoted behind that timeline. Cheap.
  bool is_behind(std::int64_t timeline) const { return timeline != 0 && timeline < timeline_.load(); }

  /// Where it was found last.
  std::optional<PostgresAddress> address() const;
  /// It is not to be found there any more.
  void forget(const PostgresAddress& address);

  /// Connects to whichever of the URL's hosts takes writes now, and notes it. Does nothing while another thread does
  /// so, or has just done so. Blocks for two seconds for each host that does not answer.
  void look(const std::string& url);

 private:
  mutable std::mutex mutex_;
  std::string system_;
  std::optional<PostgresAddress> address_;
  std::atomic<std::int64_t> timeline_{0};
  std::mutex looking_;
  std::chrono::steady_clock::time_point next_look_{};
};

}  // namespace contactd::store
