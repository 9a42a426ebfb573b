// The server: one acceptor, and a thread with its own io_context for each share of the connections.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "http/handler.hpp"
#include "http/limits.hpp"

namespace contactd::http {

/// Accepts connections and serves them with `handler`, which is called on all the server's threads at once.
///
/// Destroy it after everything that may still complete an Exchange's `answer()` on one of its contexts, and before the
/// handler. SIGPIPE is never raised by it.
class Server {
 public:
  /// `threads`: how many serve connections, the one that calls `run` included; at least 1.
  Server(const Limits& limits, Handler& handler, unsigned threads);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds and listens: a name or an address, IPv6 with or without brackets, "::" takes IPv4 as well. Port 0 takes a
  /// free one. Returns the port. Clients can connect from now on and are served once `run` is called. Raises this
  /// process's soft limit of open files as far as connections_max needs and the hard limit allows.
  /// Throws std::system_error that names host and port. To be called once.
  std::uint16_t listen(const std::string& host, std::uint16_t port);

  /// Serves until `stop` was called and every connection is closed, or `drain_seconds_max` after it.
  void run();

  /// Stops accepting, closes idle connections, lets running requests be answered with Connection: close. Returns at
  /// once. From any thread, before, during or after `run`, any number of times; not from inside a signal handler.
  void stop();

  /// How many connections are open now.
  std::size_t connections() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace contactd::http
