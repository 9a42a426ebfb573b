// Opening a link to the primary, whichever that is; waiting for answers with a limit.
#include "store/postgres_link.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "store/postgres_errors.hpp"

namespace contactd::store {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds pause_after_failure{200};
constexpr std::chrono::milliseconds introduction_max{3'000};
/// How often a link that waits looks up from its waiting.
constexpr std::chrono::milliseconds slice{500};

}  // namespace

void ClearResult::operator()(pg_result* result) const {
  PQclear(result);
}

PostgresLink::PostgresLink(const PostgresOptions& options)
    : options_(options), primary_(options.primary ? options.primary : std::make_shared<PostgresPrimary>()) {}

void PostgresLink::open() {
  if (Clock::now() < next_attempt_) throw StoreError(StoreError::Kind::away, "the database cannot be reached");
  if (const auto known = primary_->address()) {
    try {
      return open_at(known);
    } catch (const StoreError&) {
      primary_->forget(*known);
    }
  }
  try {
    open_at(std::nullopt);
  } catch (const StoreError&) {
    next_attempt_ = Clock::now() + pause_after_failure;
    throw;
  }
}

void PostgresLink::open_at(const std::optional<PostgresAddress>& only) {
  const auto fail = [this](const std::string& why) {
    close();
    throw StoreError(StoreError::Kind::away, why);
  };
  connection_ = connect_to_postgres({.url = options_.url, .server_wanted = options_.server_wanted, .only = only});
  if (PQstatus(connection_) != CONNECTION_OK) fail(without_password(advice_for(PQerrorMessage(connection_))));
  const auto note_warning = [](void* self, const PGresult* notice) {
    const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (severity != nullptr && std::string_view(severity) == "WARNING")
      static_cast<PostgresLink*>(self)->warned_ = true;
  };
  PQsetNoticeReceiver(connection_, note_warning, this);
  if (PQsetnonblocking(connection_, 1) != 0) fail("the connection cannot be used without waiting");
  const auto server = introduction_of(connection_, introduction_max);
  if (!server) fail("the database has not answered for too long");
  if (!primary_->note(*server)) fail("the server that was found was the primary; another one has been promoted since");
  timeline_ = server->timeline;
  if (PQenterPipelineMode(connection_) != 1) fail("no pipeline mode");
  warned_ = false;
}

void PostgresLink::close() {
  PQfinish(connection_);
  connection_ = nullptr;
}

void PostgresLink::lose(const std::string& why, StoreError::Kind kind) {
  if (connection_ != nullptr) primary_->forget(address_of(connection_));
  close();
  throw StoreError(kind, why);
}

bool PostgresLink::take_warning() {
  return std::exchange(warned_, false);
}

void PostgresLink::flush() {
  if (PQflush(connection_) < 0) lose("the connection to the database was lost while sending");
}

/// A server that is slow must not be taken for one that is gone: before `silence_max` a link is given up only when
/// another server has been seen to be the primary.
void PostgresLink::wait_until_readable() {
  const auto since = Clock::now();
  for (;;) {
    const int unsent = PQflush(connection_);
    if (unsent < 0) lose("the connection to the database was lost while sending");
    pollfd watched{PQsocket(connection_), static_cast<short>(POLLIN | (unsent > 0 ? POLLOUT : 0)), 0};
    const int ready = ::poll(&watched, 1, static_cast<int>(std::min(slice, options_.silence_max).count()));
    if (ready < 0 && errno == EINTR) continue;
    // What the server said before it went is still to be had: a result that says why.
    if (ready < 0 || (ready > 0 && PQconsumeInput(connection_) == 0 && PQisBusy(connection_) != 0)) {
      lose("the connection to the database was lost");
    }
    if (ready > 0) return;
    const auto silent = Clock::now() - since;
    // Another run would wait as long.
    if (silent >= options_.silence_max) lose("the database has not answered for too long", StoreError::Kind::away);
    if (silent >= options_.look_after && timeline_ != 0) primary_->look(options_.url);
    if (is_superseded()) lose("another server has become the primary");
  }
}

PostgresResult PostgresLink::next() {
  while (PQisBusy(connection_) != 0) wait_until_readable();
  PostgresResult result(PQgetResult(connection_));
  if (result == nullptr && PQstatus(connection_) == CONNECTION_BAD) lose("the connection to the database was lost");
  return result;
}

}  // namespace contactd::store
