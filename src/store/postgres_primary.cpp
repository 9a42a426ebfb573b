// Asking a server who it is; keeping what was seen last; looking for another one.
#include "store/postgres_primary.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <charconv>
#include <memory>
#include <string_view>

#include "store/connection.hpp"

namespace contactd::store {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* look_timeout_seconds = "2";  // the least that libpq takes
constexpr std::chrono::milliseconds look_answer_max{2'000};
constexpr std::chrono::milliseconds pause_between_looks{1'000};

/// pg_control_checkpoint() would tell the timeline too, but not before the first checkpoint behind a promotion.
/// With it the server is asked to give up what it does for somebody who has gone.
constexpr const char* introduction =
    "SELECT (pg_control_system()).system_identifier, CASE WHEN pg_is_in_recovery() THEN 0 ELSE "
    "('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END; SET "
    "client_connection_check_interval = '5s'";

struct Finish {
  void operator()(pg_conn* connection) const { PQfinish(connection); }
};
struct Clear {
  void operator()(pg_result* result) const { PQclear(result); }
};
using Result = std::unique_ptr<pg_result, Clear>;

/// False when nothing comes before the deadline, or the connection is lost.
bool wait_for_result(pg_conn* connection, Clock::time_point deadline) {
  while (PQflush(connection) > 0 || PQisBusy(connection) != 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    pollfd watched{PQsocket(connection), POLLIN, 0};
    if (::poll(&watched, 1, static_cast<int>(left)) > 0 && PQconsumeInput(connection) == 0) return false;
  }
  return true;
}

}  // namespace

std::optional<PostgresServer> introduction_of(pg_conn* connection, std::chrono::milliseconds answer_max) {
  const auto deadline = Clock::now() + answer_max;
  PostgresServer server{address_of(connection), {}, 0};
  if (PQsendQuery(connection, introduction) != 1) return std::nullopt;
  for (;;) {
    if (!wait_for_result(connection, deadline)) return std::nullopt;
    const Result result(PQgetResult(connection));
    if (result == nullptr) break;
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK || PQntuples(result.get()) != 1) continue;
    server.system = PQgetvalue(result.get(), 0, 0);
    const std::string_view timeline = PQgetvalue(result.get(), 0, 1);
    std::from_chars(timeline.data(), timeline.data() + timeline.size(), server.timeline);
  }
  if (PQstatus(connection) != CONNECTION_OK) return std::nullopt;
  return server;
}

bool PostgresPrimary::note(const PostgresServer& server) {
  if (server.timeline == 0) return true;
  const std::lock_guard lock(mutex_);
  // Another system is another database, which has its own timelines.
  if (server.system == system_ && server.timeline < timeline_) return false;
  system_ = server.system;
  timeline_ = server.timeline;
  address_ = server.address;
  return true;
}

std::optional<PostgresAddress> PostgresPrimary::address() const {
  const std::lock_guard lock(mutex_);
  return address_;
}

void PostgresPrimary::forget(const PostgresAddress& address) {
  const std::lock_guard lock(mutex_);
  if (address_ == address) address_.reset();
}

void PostgresPrimary::look(const std::string& url) {
  const std::unique_lock looking(looking_, std::try_to_lock);
  if (!looking || Clock::now() < next_look_) return;
  const std::unique_ptr<pg_conn, Finish> connection(
      connect_to_postgres({.url = url, .timeout_seconds = look_timeout_seconds}));
  if (PQstatus(connection.get()) == CONNECTION_OK) {
    PQsetnonblocking(connection.get(), 1);
    if (const auto server = introduction_of(connection.get(), look_answer_max)) note(*server);
  }
  next_look_ = Clock::now() + pause_between_looks;
}

}  // namespace contactd::store
