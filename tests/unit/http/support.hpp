// A small application and a small client for the tests of the wire.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/handler.hpp"
#include "http/limits.hpp"
#include "http/listener.hpp"

namespace contactd::http::test {

/// Echoes what it is asked: "<method> <target> <body>". Refuses targets that begin with "/refused" by their head, and
/// says 204 to those that begin with "/empty", 304 to "/same"; "/slow" waits 300 ms in another thread; "/big" has a
/// body of 32 MiB; "/close" asks to close. Remembers all that it was given.
class EchoHandler : public Handler {
 public:
  std::unique_ptr<Exchange> begin(Request& request) override;
  Response refuse(const Refusal& refusal, Trace& trace) override;
  void finished(const Request& request, const Response& response, std::size_t bytes_written) override;

  /// The targets in the order in which they were begun.
  std::vector<std::string> begun() const;
  /// "<status> <method> <target>" of all that was finished.
  std::vector<std::string> log() const;
  std::size_t bytes_written() const;
  std::vector<Refusal> refusals() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> begun_;
  std::vector<std::string> log_;
  std::vector<Refusal> refusals_;
  std::size_t bytes_written_ = 0;
};

/// A server on a free loopback port, running in its own thread until it goes.
class RunningServer {
 public:
  explicit RunningServer(const Limits& limits = {}, unsigned threads = 2, const std::string& host = "127.0.0.1");
  ~RunningServer();
  void stop_and_wait();
  std::uint16_t port() const { return port_; }
  Server& server() { return server_; }
  EchoHandler& handler() { return handler_; }

 private:
  EchoHandler handler_;
  Server server_;
  std::uint16_t port_;
  std::thread thread_;
};

/// One answer as a client sees it.
struct Answer {
  int status = 0;
  std::string head;
  std::string body;
  bool has(std::string_view line) const { return head.find(line) != std::string::npos; }
};

/// A blocking client; every wait ends after 20 s, which fails the test.
class Client {
 public:
  explicit Client(std::uint16_t port, std::size_t receive_buffer_bytes = 0);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// False when the connection is gone.
  bool send(std::string_view bytes);
  /// The next answer; nothing when the connection ends before it. `to_head`: it is the answer to HEAD.
  std::optional<Answer> receive(bool to_head = false);
  /// Whether the server closes without saying anything more (what it says is kept in `rest`).
  bool closed();
  void end_sending();
  const std::string& rest() const { return received_; }

 private:
  bool more();
  int socket_;
  std::string received_;
};

/// Waits until the condition holds, at most 20 s.
template <typename Condition>
bool eventually(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

inline std::string get(std::string_view target, std::string_view fields = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n";
}

inline std::string post(std::string_view target, std::string_view body, std::string_view fields = "") {
  return "POST " + std::string(target) + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + std::string(fields) + "\r\n" + std::string(body);
}

/// Bytes that are no acceptable request, and the status of the refusal.
struct Hazard {
  std::string name;
  std::string bytes;
  int status;
};

/// Everything that must be refused with the connection closed: heads (and first chunks) that readers disagree about.
const std::vector<Hazard>& hazards();

}  // namespace contactd::http::test
