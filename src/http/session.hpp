// One connection: reads requests, hands them to the application, writes the answers in order.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "http/body_reader.hpp"
#include "http/handler.hpp"
#include "http/head.hpp"
#include "http/input_buffer.hpp"
#include "http/message.hpp"
#include "http/worker.hpp"

namespace contactd::http {

/// Lives on one worker's thread. An application that hops to another thread while it answers must resume here.
class Session {
 public:
  Session(boost::asio::ip::tcp::socket socket, ConnectionSlot slot, Worker& worker);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Serves the connection until it is closed; everything below is called while this runs.
  boost::asio::awaitable<void> run();
  /// Called a few times a second: ends the wait whose deadline has passed, gives back memory of idle connections.
  void sweep(std::chrono::steady_clock::time_point now);
  /// The server is stopping: an idle connection has a last look for a request, then closes.
  void wake_if_idle();
  /// The time to stop is over: closes the socket under whatever runs.
  void abandon();

  std::size_t place_in_worker = 0;  ///< The worker's own note.

 private:
  /// What the connection is waiting for; each has its own deadline (contract section 1.1, "time").
  enum class Phase { answering, idle, head, body, writing, lingering };

  /// A request from its head until its answer was written.
  struct Turn {
    Request request;
    Response response;
    std::unique_ptr<Exchange> exchange;
    std::size_t answer_begin = 0;  ///< Of its answer in the bytes that are sent next.
    std::size_t answer_end = 0;
  };

  boost::asio::awaitable<void> receive_head(Turn& turn);
  boost::asio::awaitable<void> answer(Turn& turn, Head head);
  boost::asio::awaitable<bool> receive_body(Turn& turn, Head head);
  boost::asio::awaitable<void> drop_body(Turn& turn, Head head);
  boost::asio::awaitable<bool> read_to_end(BodyReader& reader, std::string* body);
  boost::asio::awaitable<bool> receive();
  boost::asio::awaitable<void> flush();
  boost::asio::awaitable<void> linger();

  Head read_next_head(Turn& turn);
  Turn& next_turn();
  void refuse(Turn& turn, const Refusal& refusal);
  void append(Turn& turn);
  void finish_answered(std::size_t bytes_sent);
  bool must_flush_before(const Turn& turn) const;
  bool room_for_body(const Request& request, const Head& head) const;
  bool receive_now();
  void arm(Phase phase, unsigned seconds);
  void disarm() { arm(Phase::answering, 0); }

  ConnectionSlot slot_;
  boost::asio::ip::tcp::socket socket_;
  Worker& worker_;
  InputBuffer input_;
  std::string output_;
  std::unique_ptr<Turn> current_;
  std::vector<std::unique_ptr<Turn>> answered_;  ///< In `output_`, not yet sent.
  std::size_t seen_bytes_ = 0;                   ///< Of the unfinished head.
  bool open_ = true;                             ///< Further requests are read.
  bool linger_ = false;     ///< Unread bytes may be on the way: the client must get to read the answer first.
  bool keep_alive_ = true;  ///< What the client wants behind the current request.
  bool broken_ = false;     ///< Nothing can be sent any more.
  bool timed_out_ = false;
  bool ended_ = false;  ///< The client sends nothing more.
  Phase phase_ = Phase::answering;
  std::chrono::steady_clock::time_point deadline_;
};

}  // namespace contactd::http
