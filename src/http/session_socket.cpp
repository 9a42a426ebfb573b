// What touches the socket: receiving, sending gathered answers in one write, deadlines.
#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "http/answer.hpp"
#include "http/session.hpp"

namespace contactd::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// Buffers that grew beyond this are given back when their request is over.
static constexpr std::size_t idle_buffer_bytes_max = 16 * 1024;
/// Answers that wait to be sent together; each keeps its request until then.
static constexpr std::size_t unsent_answers_max = 64;
/// How long an answer may wait for the answers behind it.
static constexpr std::chrono::milliseconds unsent_time_max{2};

static constexpr auto never = std::chrono::steady_clock::time_point::max();

/// Waits first and reads then: a read at once would find what a quick client has sent meanwhile, go on with it, and so
/// keep every other connection of the thread waiting.
asio::awaitable<bool> Session::receive() {
  error_code error = asio::error::would_block;
  std::size_t bytes = 0;
  const std::size_t room_bytes = input_.make_room();
  while (error == asio::error::would_block) {
    co_await socket_.async_wait(tcp::socket::wait_read, asio::redirect_error(asio::use_awaitable, error));
    if (!error) bytes = socket_.read_some(asio::buffer(input_.room(), room_bytes), error);
  }
  if (error) ended_ = error == asio::error::eof;
  if (error || timed_out_) co_return false;
  input_.commit(bytes);
  co_return true;
}

/// Takes what has arrived already; false when there is nothing.
bool Session::receive_now() {
  error_code error;
  const std::size_t room_bytes = input_.make_room();
  const std::size_t bytes = socket_.read_some(asio::buffer(input_.room(), room_bytes), error);
  if (error) return false;
  input_.commit(bytes);
  return true;
}

void Session::append(Turn& turn) {
  const bool close = turn.response.close || !keep_alive_ || worker_.draining();
  if (close) open_ = false;
  turn.answer_begin = output_.size();
  append_answer(output_, turn.request, turn.response, close);
  turn.answer_end = output_.size();
  answered_.push_back(std::move(current_));
}

bool Session::must_flush_before(const Turn& turn) const {
  if (answered_.empty()) return false;
  return output_.size() >= worker_.limits().unsent_bytes_max || answered_.size() >= unsent_answers_max ||
         turn.request.trace.started_at - answered_.front()->request.trace.started_at >= unsent_time_max;
}

/// Sends all that is waiting; most often the socket takes it at once.
asio::awaitable<void> Session::flush() {
  std::size_t sent_bytes = 0;
  bool waited = false;
  timed_out_ = false;  // Whatever was waited for before: that was looked at.
  while (!broken_ && sent_bytes < output_.size()) {
    const auto rest = asio::buffer(output_.data() + sent_bytes, output_.size() - sent_bytes);
    error_code error;
    std::size_t bytes = socket_.write_some(rest, error);
    if (error == asio::error::would_block) {
      if (!waited) arm(Phase::writing, worker_.limits().write_seconds_max);
      waited = true;
      bytes = co_await socket_.async_write_some(rest, asio::redirect_error(asio::use_awaitable, error));
    }
    sent_bytes += bytes;
    broken_ = error || timed_out_;
  }
  if (waited) disarm();
  if (broken_) open_ = false;
  output_.clear();
  finish_answered(sent_bytes);
}

void Session::finish_answered(std::size_t bytes_sent) {
  for (std::unique_ptr<Turn>& turn : answered_) {
    const std::size_t end = std::min(bytes_sent, turn->answer_end);
    worker_.handler().finished(turn->request, turn->response, end - std::min(end, turn->answer_begin));
    turn->exchange.reset();
    turn->response = Response{};
    if (turn->request.body.capacity() > idle_buffer_bytes_max) turn->request.body = std::string();
    if (!current_) current_ = std::move(turn);
  }
  answered_.clear();
}

void Session::arm(Phase phase, unsigned seconds) {
  phase_ = phase;
  timed_out_ = false;
  deadline_ = phase == Phase::answering ? never : std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
}

void Session::sweep(std::chrono::steady_clock::time_point now) {
  if (phase_ == Phase::idle && output_.capacity() > idle_buffer_bytes_max) output_ = std::string();
  if (now < deadline_) return;
  deadline_ = never;
  timed_out_ = true;
  error_code ignored;
  socket_.cancel(ignored);
}

void Session::wake_if_idle() {
  error_code ignored;
  if (phase_ == Phase::idle) socket_.cancel(ignored);
}

void Session::abandon() {
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace contactd::http
