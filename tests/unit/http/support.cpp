// The test application's and client's inner workings.
#include "support.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>

namespace contactd::http::test {
namespace {

namespace asio = boost::asio;

asio::thread_pool& other_threads() {
  static asio::thread_pool pool(2);
  return pool;
}

std::size_t number_at(const std::string& text, std::size_t at) {
  std::size_t number = 0;
  std::from_chars(text.data() + at, text.data() + text.size(), number);
  return number;
}

class EchoExchange : public Exchange {
 public:
  explicit EchoExchange(Request& request) : request_(request) {}

  std::optional<Response> refused() override {
    if (!request_.target.starts_with("/refused")) return std::nullopt;
    return Response{.status = 401, .content_type = "text/plain", .body = "refused", .headers = {}, .close = false};
  }

  asio::awaitable<Response> answer() override {
    if (request_.target == "/slow") {
      const auto home = co_await asio::this_coro::executor;
      co_await asio::post(other_threads(), asio::use_awaitable);
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      co_await asio::post(home, asio::use_awaitable);
    }
    Response response;
    response.content_type = "text/plain";
    if (request_.target == "/empty") response.status = 204;
    if (request_.target == "/same") response.status = 304;
    if (request_.target == "/close") response.close = true;
    if (request_.target == "/nothing") {
      response.content_type = {};
    } else if (request_.target == "/big") {
      response.body.assign(32 * 1024 * 1024, 'b');
    } else {
      response.body = std::string(request_.method) + " " + std::string(request_.target) + " " + request_.body;
    }
    response.with("X-Fields", std::to_string(request_.headers.size()) + "\r\nForged: yes");
    co_return response;
  }

 private:
  Request& request_;
};

}  // namespace

std::unique_ptr<Exchange> EchoHandler::begin(Request& request) {
  const std::lock_guard lock(mutex_);
  begun_.emplace_back(request.target);
  return std::make_unique<EchoExchange>(request);
}

Response EchoHandler::refuse(const Refusal& refusal, Trace& trace) {
  trace.request_id = "made";
  const std::lock_guard lock(mutex_);
  refusals_.push_back(refusal);
  return {.status = refusal.status, .content_type = "text/plain", .body = std::string(refusal.detail), .headers = {}};
}

void EchoHandler::finished(const Request& request, const Response& response, std::size_t bytes_written) {
  const std::lock_guard lock(mutex_);
  log_.push_back(std::to_string(response.status) + " " + std::string(request.method) + " " +
                 std::string(request.target));
  bytes_written_ += bytes_written;
}

std::vector<std::string> EchoHandler::begun() const {
  const std::lock_guard lock(mutex_);
  return begun_;
}

std::vector<std::string> EchoHandler::log() const {
  const std::lock_guard lock(mutex_);
  return log_;
}

std::size_t EchoHandler::bytes_written() const {
  const std::lock_guard lock(mutex_);
  return bytes_written_;
}

std::vector<Refusal> EchoHandler::refusals() const {
  const std::lock_guard lock(mutex_);
  return refusals_;
}

RunningServer::RunningServer(const Limits& limits, unsigned threads, const std::string& host)
    : server_(limits, handler_, threads), port_(server_.listen(host, 0)), thread_([this] { server_.run(); }) {}

RunningServer::~RunningServer() {
  stop_and_wait();
}

void RunningServer::stop_and_wait() {
  server_.stop();
  if (thread_.joinable()) thread_.join();
}

Client::Client(std::uint16_t port, std::size_t receive_buffer_bytes) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval patience{20, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (receive_buffer_bytes > 0) {
    const int bytes = static_cast<int>(receive_buffer_bytes);
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
}

Client::~Client() {
  close(socket_);
}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::more() {
  char buffer[65536];
  const ssize_t bytes = recv(socket_, buffer, sizeof buffer, 0);
  EXPECT_FALSE(bytes < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) << "nothing came for 20 s";
  if (bytes <= 0) return false;
  received_.append(buffer, static_cast<std::size_t>(bytes));
  return true;
}

std::optional<Answer> Client::receive(bool to_head) {
  std::size_t end = 0;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!more()) return std::nullopt;
  }
  Answer answer;
  answer.head = received_.substr(0, end + 2);
  answer.status = static_cast<int>(number_at(answer.head, 9));
  received_.erase(0, end + 4);
  const std::size_t field = answer.head.find("Content-Length: ");
  const std::size_t length = field == std::string::npos || to_head ? 0 : number_at(answer.head, field + 16);
  while (received_.size() < length) {
    if (!more()) return std::nullopt;
  }
  answer.body = received_.substr(0, length);
  received_.erase(0, length);
  return answer;
}

bool Client::closed() {
  while (more()) continue;
  return received_.empty();
}

void Client::end_sending() {
  shutdown(socket_, SHUT_WR);
}

}  // namespace contactd::http::test
