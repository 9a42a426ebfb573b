// One thread of the server: its io_context, the sessions that live on it, and the one timer that watches their
// deadlines.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include "http/handler.hpp"
#include "http/limits.hpp"

namespace contactd::http {

class Session;

/// One of the server's `connections_max`; counted off when it goes, however its connection ends.
struct CountOff {
  void operator()(std::atomic<std::size_t>* connections) const { connections->fetch_sub(1, std::memory_order_relaxed); }
};
using ConnectionSlot = std::unique_ptr<std::atomic<std::size_t>, CountOff>;

/// Everything but `context()` is called on this worker's own thread.
class Worker {
 public:
  Worker(const Limits& limits, Handler& handler);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  boost::asio::io_context& context() { return context_; }
  const Limits& limits() const { return limits_; }
  Handler& handler() { return handler_; }

  /// Starts serving a connection that was accepted for this worker's context.
  void serve(boost::asio::ip::tcp::socket socket, ConnectionSlot slot);
  /// From now on answers close their connection and idle ones are closed; the context runs out of work when the last
  /// session is gone, or is stopped when the drain time is over.
  void drain();
  bool draining() const { return draining_; }

  void enter(Session& session);
  void leave(Session& session);

 private:
  void start_ticking();
  void tick();
  void force_end(std::chrono::steady_clock::time_point now);

  const Limits& limits_;
  Handler& handler_;
  std::vector<Session*> sessions_;
  bool draining_ = false;
  bool ticking_ = false;
  bool sockets_closed_ = false;
  std::chrono::steady_clock::time_point drain_until_{};
  boost::asio::io_context context_;  // Behind what its destruction still uses: sessions leave when it destroys them.
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  boost::asio::steady_timer timer_;
};

}  // namespace contactd::http
