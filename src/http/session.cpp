// The way of a request in: head, begin, body, answer. Contract section 1.1 "framing", "limits", "time".
#include "http/session.hpp"

#include <algorithm>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace contactd::http {

namespace asio = boost::asio;
using boost::system::error_code;

/// A connection starts with room for an ordinary head and its token.
static constexpr std::size_t input_bytes = 4 * 1024;
/// Room for a body that comes in several reads.
static constexpr std::size_t body_room_bytes = 16 * 1024;

Session::Session(asio::ip::tcp::socket socket, ConnectionSlot slot, Worker& worker)
    : slot_(std::move(slot)),
      socket_(std::move(socket)),
      worker_(worker),
      input_(input_bytes),
      deadline_(std::chrono::steady_clock::time_point::max()) {}

asio::awaitable<void> Session::run() {
  struct Presence {
    explicit Presence(Session& of) : session(of) { session.worker_.enter(session); }
    ~Presence() { session.worker_.leave(session); }
    Presence(const Presence&) = delete;
    Presence& operator=(const Presence&) = delete;
    Session& session;
  } const presence(*this);
  error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  while (open_) {
    Turn& turn = next_turn();
    const Head head = read_next_head(turn);
    if (head.verdict == Head::Verdict::need_more) {
      co_await receive_head(turn);
    } else if (head.verdict == Head::Verdict::refused) {
      refuse(turn, head.refusal);
    } else {
      if (must_flush_before(turn)) co_await flush();
      if (open_) co_await answer(turn, head);  // What cannot be answered is not begun.
    }
  }
  co_await flush();
  co_await linger();
  socket_.close(ignored);
}

Session::Turn& Session::next_turn() {
  if (!current_) current_ = std::make_unique<Turn>();
  return *current_;
}

Head Session::read_next_head(Turn& turn) {
  const std::string_view unread = input_.unread();
  Head head = read_head(unread, worker_.limits(), turn.request, seen_bytes_);
  seen_bytes_ = head.verdict == Head::Verdict::need_more ? unread.size() : 0;
  if (head.verdict != Head::Verdict::need_more) {
    disarm();
    turn.request.trace = Trace{};
  }
  return head;
}

/// Waits for more of the head in `turn`, which is unfinished or not begun; idle and slow clients end here.
asio::awaitable<void> Session::receive_head(Turn& turn) {
  if (!answered_.empty()) co_await flush();
  if (broken_) co_return;
  input_.release();
  const std::string_view unread = input_.unread();
  // An empty line alone, which some clients put behind a body, begins no request.
  const bool begun = !unread.empty() && unread != "\r" && unread != "\r\n";
  if (!begun) input_.shrink(input_bytes);
  if (!begun && worker_.draining()) {
    open_ = receive_now();
    co_return;
  }
  if (begun && phase_ != Phase::head) arm(Phase::head, worker_.limits().head_seconds_max);
  if (!begun && phase_ != Phase::idle) arm(Phase::idle, worker_.limits().idle_seconds_max);
  // Doubling ends: a head beyond the limits is refused before it fills the room that they take.
  if (input_.make_room() == 0) input_.reserve(2 * input_.capacity());
  const bool received = co_await receive();
  if (received) co_return;
  turn.request = Request{};  // What an unfinished head left there is not to be looked at.
  if (begun && timed_out_) {
    refuse(turn, {408, "request_timeout", "the head of the request did not arrive in time"});
  } else if (begun && ended_) {
    refuse(turn, {400, "malformed_request", "the request ended in its head"});
  } else {
    // Woken because the server stops: there may be a request all the same, look once more.
    open_ = !begun && !timed_out_ && !ended_ && worker_.draining();
  }
}

asio::awaitable<void> Session::answer(Turn& turn, Head head) {
  if (!room_for_body(turn.request, head)) {
    co_await flush();
    if (broken_) co_return;
    input_.release();
    input_.reserve(head.bytes + body_room_bytes);
    head = read_next_head(turn);  // The same bytes, elsewhere.
  }
  input_.consume(head.bytes);
  input_.keep();
  keep_alive_ = head.keep_alive;
  turn.exchange = worker_.handler().begin(turn.request);
  if (std::optional<Response> refused = turn.exchange->refused()) {
    turn.response = std::move(*refused);
    if (turn.request.announces_body()) {
      co_await drop_body(turn, head);
    } else {
      append(turn);
    }
    co_return;
  }
  if (turn.request.announces_body()) {
    const bool whole = co_await receive_body(turn, head);
    if (!whole) co_return;
  }
  turn.response = co_await turn.exchange->answer();
  append(turn);
}

/// Whether what is still to come of the body can be read behind the head, which must not move while it is looked at.
bool Session::room_for_body(const Request& request, const Head& head) const {
  if (!request.announces_body()) return true;
  if (request.chunked) return input_.space_behind(head.bytes) >= input_bytes;
  const std::uint64_t length = *request.content_length;
  return input_.unread().size() - head.bytes >= length ||
         input_.space_behind(head.bytes) >= std::min<std::uint64_t>(length, body_room_bytes);
}

/// Fills the request's body. False: the request was refused instead.
asio::awaitable<bool> Session::receive_body(Turn& turn, Head head) {
  Request& request = turn.request;
  BodyReader reader(request, worker_.limits(), worker_.limits().body_bytes_max);
  const bool nothing_arrived = input_.unread().empty();
  if (!reader.refused()) input_.consume(reader.feed(input_.unread(), &request.body));
  if (!reader.refused() && !reader.done()) {
    if (head.expects_continue && nothing_arrived) output_.append("HTTP/1.1 100 Continue\r\n\r\n");
    co_await flush();  // What was answered before must not wait for this client's body.
    arm(Phase::body, worker_.limits().body_seconds_max);
    const bool arrived = !broken_ && co_await read_to_end(reader, &request.body);
    if (!arrived) {
      refuse(turn, timed_out_ ? Refusal{408, "request_timeout", "the body did not arrive in time"}
                              : Refusal{400, "malformed_request", "the request ended in its body"});
      co_return false;
    }
    disarm();
  }
  if (reader.refused()) refuse(turn, reader.refusal());
  co_return !reader.refused();
}

/// Answers a request whose head alone was refused, and gets its body out of the way of the next request.
asio::awaitable<void> Session::drop_body(Turn& turn, Head head) {
  BodyReader reader(turn.request, worker_.limits(), worker_.limits().dropped_body_bytes_max);
  // A client that waits for 100 Continue may or may not send its body now: what comes next could be read either way.
  const bool ambiguous = head.expects_continue && input_.unread().empty();
  if (!reader.refused()) input_.consume(reader.feed(input_.unread(), nullptr));
  if (reader.refused() || ambiguous) turn.response.close = true;
  append(turn);  // From here on the turn may be gone.
  if (open_ && !reader.done()) {
    co_await flush();  // At once: the client need not send the rest.
    arm(Phase::body, worker_.limits().body_seconds_max);
    open_ = !broken_ && co_await read_to_end(reader, nullptr) && !reader.refused();
    disarm();
  }
  if (!open_) linger_ = true;
}

/// False: the client ended, took too long, or the connection broke.
asio::awaitable<bool> Session::read_to_end(BodyReader& reader, std::string* body) {
  while (!reader.done() && !reader.refused()) {
    const bool received = co_await receive();
    if (!received) co_return false;
    input_.consume(reader.feed(input_.unread(), body));
  }
  co_return true;
}

/// Reads on for a while before closing: unread bytes would make the kernel reset the connection, and the client would
/// lose the answer that tells it what was wrong (RFC 9112 section 9.6).
asio::awaitable<void> Session::linger() {
  if (broken_ || ended_ || (!linger_ && input_.unread().empty())) co_return;
  error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  arm(Phase::lingering, worker_.limits().linger_seconds_max);
  std::size_t dropped_bytes = 0;
  bool received = true;
  while (received && dropped_bytes < worker_.limits().linger_bytes_max) {
    dropped_bytes += input_.unread().size();
    input_.consume(input_.unread().size());
    input_.release();
    received = co_await receive();
  }
}

void Session::refuse(Turn& turn, const Refusal& refusal) {
  turn.response = worker_.handler().refuse(refusal, turn.request.trace);
  turn.response.close = true;
  linger_ = true;
  append(turn);
}

}  // namespace contactd::http
