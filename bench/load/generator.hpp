// Requests that come when they come: each is due at its time, whatever became of those before it.
#pragma once

#include <cstdint>
#include <deque>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "figures.hpp"
#include "requests.hpp"

namespace contactd::bench {

struct LoadOptions {
  std::uint16_t port = 0;
  std::size_t connections = 64;
  double rate = 0;  ///< Requests per second.
  double seconds = 0;
  std::uint64_t seed = 0;
  std::set<int> accepted = {200};
};

/// One thread, one epoll, keep-alive connections with one request on each. A request that finds all of them busy waits
/// for the first that is free again, and its waiting counts.
class Generator {
 public:
  /// Opens the connections. Throws std::runtime_error when the server does not take them.
  Generator(LoadOptions options, RequestSet set);
  ~Generator();
  Generator(const Generator&) = delete;
  Generator& operator=(const Generator&) = delete;

  Figures run();

 private:
  struct Connection {
    int socket = -1;
    std::int64_t due = 0;  ///< Nanoseconds, as all times here.
    std::int64_t sent = 0;
    std::int64_t free_since = 0;
    const Request* request = nullptr;  ///< What it waits for the answer to.
    std::string received;
  };

  void open(Connection& connection);
  void reopen(Connection& connection, const std::string& why);
  std::int64_t due_of(std::uint64_t number) const;
  /// Sends all that is due; gives how long nothing else will be.
  std::int64_t send_due();
  void send(Connection& connection, std::int64_t due, std::int64_t now);
  void receive(Connection& connection);
  void take_answer(Connection& connection, int status, std::string_view body, bool has_retry_after);
  void note(const Request& request, const std::string& what);

  LoadOptions options_;
  RequestSet set_;
  std::mt19937_64 random_;
  std::vector<Connection> connections_;
  std::deque<Connection*> free_;
  Figures figures_;
  std::vector<Latencies*> kinds_;
  std::vector<char> buffer_;
  std::uint64_t total_ = 0, done_ = 0;
  std::int64_t started_ = 0;
  int epoll_ = -1;
};

}  // namespace contactd::bench
