// A session per connection, and a sweep over all of them a few times a second in place of a timer per operation.
#include "http/worker.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <exception>
#include <memory>
#include <utility>

#include "http/session.hpp"

namespace contactd::http {

/// Deadlines are whole seconds; this much late is no harm.
static constexpr std::chrono::milliseconds sweep_interval{250};

Worker::Worker(const Limits& limits, Handler& handler)
    : limits_(limits),
      handler_(handler),
      context_(1),  // One thread runs it; others only post.
      work_(context_.get_executor()),
      timer_(context_) {}

Worker::~Worker() {
  draining_ = false;  // Sessions that the context takes with it still leave, when the timer is gone already.
}

void Worker::serve(boost::asio::ip::tcp::socket socket, ConnectionSlot slot) {
  auto session = std::make_shared<Session>(std::move(socket), std::move(slot), *this);
  // The coroutine is kept alive by whatever it waits for, and keeps the session alive. What it might throw (memory ran
  // out) ends this connection alone.
  boost::asio::co_spawn(
      context_, [session]() -> boost::asio::awaitable<void> { return session->run(); },
      [](const std::exception_ptr&) {});
}

void Worker::enter(Session& session) {
  session.place_in_worker = sessions_.size();
  sessions_.push_back(&session);
  start_ticking();
}

void Worker::leave(Session& session) {
  Session* const last = sessions_.back();
  sessions_[session.place_in_worker] = last;
  last->place_in_worker = session.place_in_worker;
  sessions_.pop_back();
  if (draining_ && sessions_.empty()) timer_.cancel();
}

void Worker::drain() {
  if (draining_) return;
  draining_ = true;
  drain_until_ = std::chrono::steady_clock::now() + std::chrono::seconds(limits_.drain_seconds_max);
  work_.reset();
  for (Session* session : sessions_) session->wake_if_idle();
  if (sessions_.empty()) timer_.cancel();
}

void Worker::start_ticking() {
  if (ticking_) return;
  ticking_ = true;
  timer_.expires_after(sweep_interval);
  timer_.async_wait([this](const boost::system::error_code&) {
    ticking_ = false;
    tick();
  });
}

void Worker::tick() {
  if (sessions_.empty()) return;
  const auto now = std::chrono::steady_clock::now();
  for (Session* session : sessions_) session->sweep(now);
  if (draining_ && now >= drain_until_) force_end(now);
  start_ticking();
}

void Worker::force_end(std::chrono::steady_clock::time_point now) {
  if (!sockets_closed_) {
    for (Session* session : sessions_) session->abandon();
    sockets_closed_ = true;
  } else if (now >= drain_until_ + sweep_interval) {
    context_.stop();  // What still waits is inside the application and cannot be reached.
  }
}

}  // namespace contactd::http
