// The loop: send what is due, wait for answers until the next one is, count from when it was due.
#include "generator.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <ctime>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "answer.hpp"

namespace contactd::bench {
namespace {

constexpr std::int64_t second_nanoseconds = 1'000'000'000;
constexpr std::int64_t silence_nanoseconds_max = 30 * second_nanoseconds;
constexpr std::size_t buffer_bytes = 256 * 1024;
constexpr int events_max = 256;
constexpr std::size_t example_bytes_max = 300;

std::int64_t now_nanoseconds() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * second_nanoseconds + time.tv_nsec;
}

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

}  // namespace

Generator::Generator(LoadOptions options, RequestSet set)
    : options_(std::move(options)),
      set_(std::move(set)),
      random_(options_.seed),
      connections_(options_.connections),
      buffer_(buffer_bytes) {
  epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
  if (epoll_ < 0) fail("epoll");
  for (Connection& connection : connections_) {
    open(connection);
    free_.push_back(&connection);
  }
  for (const std::string& kind : set_.kinds) kinds_.push_back(&figures_.kinds[kind]);
}

Generator::~Generator() {
  for (const Connection& connection : connections_) {
    if (connection.socket >= 0) ::close(connection.socket);
  }
  if (epoll_ >= 0) ::close(epoll_);
}

void Generator::open(Connection& connection) {
  connection.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connection.socket < 0) fail("socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(options_.port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(connection.socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail("connect");
  const int yes = 1;
  ::setsockopt(connection.socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = &connection;
  if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &event) != 0) fail("epoll");
}

/// A connection that has ended is a fault of the run, but those that are due meanwhile need one.
void Generator::reopen(Connection& connection, const std::string& why) {
  ++figures_.broken;
  if (connection.request != nullptr) {
    note(*connection.request, why);
    ++done_;
    free_.push_back(&connection);
  }
  ::close(connection.socket);
  connection.request = nullptr;
  connection.received.clear();
  open(connection);
}

std::int64_t Generator::due_of(std::uint64_t number) const {
  return started_ + std::llround(static_cast<double>(number) / options_.rate * second_nanoseconds);
}

Figures Generator::run() {
  total_ = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::llround(options_.rate * options_.seconds)));
  figures_.each_second.resize(static_cast<std::size_t>(std::ceil(options_.seconds)));
  started_ = now_nanoseconds() + second_nanoseconds / 20;
  std::int64_t heard = started_;
  epoll_event events[events_max];
  while (done_ < total_) {
    const std::int64_t wait = send_due();
    const timespec timeout{wait / second_nanoseconds, wait % second_nanoseconds};
    const int ready = ::epoll_pwait2(epoll_, events, events_max, &timeout, nullptr);
    if (ready < 0 && errno != EINTR) fail("epoll");
    const std::int64_t now = now_nanoseconds();
    if (ready > 0) heard = now;
    if (now - std::max(heard, due_of(done_)) > silence_nanoseconds_max) break;
    for (int i = 0; i < ready; ++i) receive(*static_cast<Connection*>(events[i].data.ptr));
  }
  figures_.unanswered = total_ - done_;
  figures_.seconds = static_cast<double>(now_nanoseconds() - started_) / second_nanoseconds;
  return std::move(figures_);
}

std::int64_t Generator::send_due() {
  while (figures_.sent < total_ && !free_.empty()) {
    const std::int64_t due = due_of(figures_.sent);
    const std::int64_t now = now_nanoseconds();
    if (due > now) return due - now;
    Connection& connection = *free_.front();
    free_.pop_front();
    send(connection, due, now);
  }
  return second_nanoseconds;
}

void Generator::send(Connection& connection, std::int64_t due, std::int64_t now) {
  // Whoever had to wait for a connection is late by the server's fault, and that is part of its latency.
  if (connection.free_since <= due) {
    figures_.late.add((now - due) / 1000);
  } else {
    ++figures_.waited;
  }
  Request& request = set_.requests[random_() % set_.requests.size()];
  if (!request.number_places.empty()) put_number(request, figures_.sent);
  ++figures_.sent;
  connection.due = due;
  connection.sent = now;
  if (figures_.sent == total_) figures_.sending_seconds = static_cast<double>(now - started_) / second_nanoseconds;
  connection.request = &request;
  const ssize_t sent = ::send(connection.socket, request.text.data(), request.text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent != static_cast<ssize_t>(request.text.size())) reopen(connection, "could not be sent");
}

void Generator::receive(Connection& connection) {
  const ssize_t size = ::recv(connection.socket, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (size <= 0) return reopen(connection, "the connection ended before the answer did");
  if (connection.request == nullptr) return reopen(connection, "an answer that nobody asked for");
  std::string_view received(buffer_.data(), static_cast<std::size_t>(size));
  if (!connection.received.empty()) received = connection.received.append(received);
  const auto answer = whole_answer(received);
  if (!answer) {
    if (connection.received.empty()) connection.received = received;
    return;
  }
  take_answer(connection, answer->status, answer->body, answer->has_retry_after);
  connection.received.clear();
}

void Generator::take_answer(Connection& connection, int status, std::string_view body, bool has_retry_after) {
  const Request& request = *connection.request;
  const std::int64_t now = now_nanoseconds(), microseconds = (now - connection.due) / 1000;
  figures_.statuses[status].add(microseconds);
  figures_.after_sending[status].add((now - connection.sent) / 1000);
  if (status == 503 && !has_retry_after) ++figures_.without_retry_after;
  if (!options_.accepted.contains(status)) {
    ++figures_.refused;
    note(request, "was answered " + std::to_string(status) + ": " + std::string(body.substr(0, example_bytes_max)));
  } else {
    kinds_[request.kind]->add(microseconds);
    const auto second = static_cast<std::size_t>((connection.due - started_) / second_nanoseconds);
    figures_.each_second[std::min(second, figures_.each_second.size() - 1)].add(microseconds);
    if (status < 300 && body.find(request.expected) == std::string_view::npos) {
      ++figures_.wrong;
      note(request, "was answered without " + request.expected);
    }
  }
  ++done_;
  connection.request = nullptr;
  connection.free_since = now;
  free_.push_back(&connection);
}

void Generator::note(const Request& request, const std::string& what) {
  if (figures_.example.empty()) figures_.example = request.name + " " + what;
}

}  // namespace contactd::bench
