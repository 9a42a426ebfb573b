// Accepting: connections go to the threads in turn, because a kernel that spreads them by hash spreads badly.
#include "http/listener.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <exception>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "http/worker.hpp"

namespace contactd::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// How long to wait when the process has no descriptor or memory left for a connection.
static constexpr std::chrono::milliseconds accept_pause{100};
/// Connections that are accepted before those that are there are served again.
static constexpr std::size_t accepted_at_once_max = 256;
/// Descriptors besides the connections: store, logs, event loops.
static constexpr rlim_t other_files = 256;

struct Server::State {
  State(const Limits& given_limits, Handler& handler, unsigned threads) : limits(given_limits) {
    for (unsigned i = 0; i < std::max(threads, 1U); ++i) workers.push_back(std::make_unique<Worker>(limits, handler));
    acceptor.emplace(workers.front()->context());
    pause.emplace(workers.front()->context());
  }

  ~State() {
    acceptor.reset();
    pause.reset();
    // The first one before the others: an unfinished accept in it holds a socket of one of them.
    for (std::unique_ptr<Worker>& worker : workers) worker.reset();
  }

  asio::awaitable<void> accept_all();
  void accept_waiting();
  Worker& next_worker() { return *workers[turn++ % workers.size()]; }
  void take(tcp::socket socket, Worker& worker);

  Limits limits;
  std::atomic<std::size_t> connections{0};
  std::atomic<bool> stopping{false};
  std::vector<std::unique_ptr<Worker>> workers;
  std::size_t turn = 0;
  std::optional<tcp::acceptor> acceptor;  ///< Lives on the first worker's context, as does the pause.
  std::optional<asio::steady_timer> pause;
};

asio::awaitable<void> Server::State::accept_all() {
  while (acceptor->is_open()) {
    error_code error;
    Worker& worker = next_worker();
    tcp::socket socket =
        co_await acceptor->async_accept(worker.context(), asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      take(std::move(socket), worker);
      accept_waiting();
    } else if (error != asio::error::connection_aborted && acceptor->is_open()) {
      // EMFILE, ENFILE, ENOBUFS and the like: trying at once would spin, as the connection stays in the queue.
      pause->expires_after(accept_pause);
      co_await pause->async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
  }
}

/// Accepts those that wait behind the first. One for each turn of a loop that serves hundreds of connections would keep
/// a thousand that come at once waiting for seconds.
void Server::State::accept_waiting() {
  error_code error;
  for (std::size_t i = 0; i < accepted_at_once_max && !error && acceptor->is_open(); ++i) {
    Worker& worker = next_worker();
    tcp::socket socket = acceptor->accept(worker.context(), error);
    if (!error) take(std::move(socket), worker);
  }
}

void Server::State::take(tcp::socket socket, Worker& worker) {
  if (connections.load(std::memory_order_relaxed) >= limits.connections_max) return;  // Closes it.
  connections.fetch_add(1, std::memory_order_relaxed);
  asio::post(worker.context(), [&worker, slot = ConnectionSlot(&connections), socket = std::move(socket)]() mutable {
    worker.serve(std::move(socket), std::move(slot));
  });
}

namespace {

[[noreturn]] void fail(const error_code& error, const std::string& host, std::uint16_t port) {
  throw std::system_error(std::error_code(error), "cannot listen on " + host + ":" + std::to_string(port));
}

tcp::endpoint resolve(asio::io_context& context, const std::string& host, std::uint16_t port) {
  std::string name = host;
  if (name.size() > 2 && name.front() == '[' && name.back() == ']') name = name.substr(1, name.size() - 2);
  error_code error;
  const asio::ip::address address = asio::ip::make_address(name, error);
  if (!error) return {address, port};
  tcp::resolver resolver(context);
  const auto found = resolver.resolve(name, std::to_string(port), tcp::resolver::passive, error);
  if (error) fail(error, host, port);
  return found.begin()->endpoint();
}

void raise_file_limit(std::size_t connections_max) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = static_cast<rlim_t>(connections_max) + other_files;
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  setrlimit(RLIMIT_NOFILE, &limit);  // If refused, accepting pauses when descriptors run out.
}

/// What a handler throws where nothing of the application catches it (memory ran out) must not end the server.
void run_to_the_end(asio::io_context& context) {
  for (;;) {
    try {
      context.run();
      return;
    } catch (const std::exception&) {
      continue;
    }
  }
}

}  // namespace

Server::Server(const Limits& limits, Handler& handler, unsigned threads)
    : state_(std::make_unique<State>(limits, handler, threads)) {}

Server::~Server() = default;

std::uint16_t Server::listen(const std::string& host, std::uint16_t port) {
  const tcp::endpoint endpoint = resolve(state_->workers.front()->context(), host, port);
  tcp::acceptor& acceptor = *state_->acceptor;
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error && endpoint.address().is_v6()) {
    acceptor.set_option(asio::ip::v6_only(!endpoint.address().is_unspecified()), error);
  }
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.non_blocking(true, error);
  if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
  if (error) {
    error_code ignored;
    acceptor.close(ignored);
    fail(error, host, port);
  }
  raise_file_limit(state_->limits.connections_max);
  asio::co_spawn(state_->workers.front()->context(), state_->accept_all(), asio::detached);
  return acceptor.local_endpoint().port();
}

void Server::run() {
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < state_->workers.size(); ++i) {
    threads.emplace_back([context = &state_->workers[i]->context()] { run_to_the_end(*context); });
  }
  run_to_the_end(state_->workers.front()->context());
  for (std::thread& thread : threads) thread.join();
}

void Server::stop() {
  if (state_->stopping.exchange(true)) return;
  asio::post(state_->workers.front()->context(), [state = state_.get()] {
    error_code ignored;
    state->acceptor->close(ignored);
    state->pause->cancel();
    // Behind the connections that were handed to them before.
    for (std::unique_ptr<Worker>& worker : state->workers) {
      asio::post(worker->context(), [draining = worker.get()] { draining->drain(); });
    }
  });
}

std::size_t Server::connections() const {
  return state_->connections.load(std::memory_order_relaxed);
}

}  // namespace contactd::http
