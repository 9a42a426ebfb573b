// Opening a link with what the operator said and what is wise besides; waiting for answers with a limit.
#include "store/postgres_link.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <cerrno>
#include <utility>
#include <vector>

#include "store/postgres_errors.hpp"

namespace contactd::store {
namespace {

constexpr std::chrono::milliseconds pause_after_failure{200};

/// What stands unless the operator says otherwise: a server that is gone is noticed within seconds.
struct Parameter {
  const char* keyword;
  const char* value;
};
constexpr std::array defaults{
    Parameter{"target_session_attrs", "read-write"},
    Parameter{"connect_timeout", "5"},
    Parameter{"keepalives_idle", "5"},
    Parameter{"keepalives_interval", "2"},
    Parameter{"keepalives_count", "3"},
    Parameter{"tcp_user_timeout", "15000"},
    Parameter{"fallback_application_name", "contactd"},
};

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

/// Whether the environment or a service file has a say on that keyword.
bool is_set_elsewhere(const PQconninfoOption* options, std::string_view keyword) {
  for (const PQconninfoOption* each = options; each != nullptr && each->keyword != nullptr; ++each) {
    if (keyword != each->keyword || each->val == nullptr) continue;
    return each->compiled == nullptr || std::string_view(each->val) != each->compiled;
  }
  return false;
}

/// libpq takes the last value of a keyword: the defaults come first, then the URL, then what must be so. A service file
/// that the URL names is read last and only fills gaps: where there is one, the defaults stay away.
pg_conn* connect(const std::string& url) {
  std::vector<const char*> keywords, values;
  const auto add = [&](const char* keyword, const char* value) {
    keywords.push_back(keyword);
    values.push_back(value);
  };
  // What libpq says of a URL that it does not understand may hold a part of the password.
  const Options of_url(PQconninfoParse(url.c_str(), nullptr));
  if (of_url == nullptr) {
    throw StoreError(
        StoreError::Kind::other,
        "libpq does not understand the URL; see its manual, and write what is special in a password as %XX");
  }
  const Options elsewhere(PQconndefaults());
  if (!is_set_elsewhere(of_url.get(), "service")) {
    for (const Parameter& each : defaults) {
      if (!is_set_elsewhere(elsewhere.get(), each.keyword)) add(each.keyword, each.value);
    }
  }
  add("dbname", url.c_str());
  add("client_encoding", "UTF8");
  add(nullptr, nullptr);
  return PQconnectdbParams(keywords.data(), values.data(), 1);
}

}  // namespace

void ClearResult::operator()(pg_result* result) const {
  PQclear(result);
}

void PostgresLink::open() {
  using Clock = std::chrono::steady_clock;
  if (Clock::now() < next_attempt_) throw StoreError(StoreError::Kind::busy, "the database cannot be reached");
  connection_ = connect(options_.url);
  if (PQstatus(connection_) != CONNECTION_OK) {
    const std::string why = without_password(advice_for(PQerrorMessage(connection_)));
    close();
    next_attempt_ = Clock::now() + pause_after_failure;
    throw StoreError(StoreError::Kind::busy, why);
  }
  const auto note_warning = [](void* self, const PGresult* notice) {
    const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (severity != nullptr && std::string_view(severity) == "WARNING")
      static_cast<PostgresLink*>(self)->warned_ = true;
  };
  PQsetNoticeReceiver(connection_, note_warning, this);
  if (PQsetnonblocking(connection_, 1) != 0 || PQenterPipelineMode(connection_) != 1) lose("no pipeline mode");
  warned_ = false;
}

void PostgresLink::close() {
  PQfinish(connection_);
  connection_ = nullptr;
}

void PostgresLink::lose(const std::string& why) {
  close();
  throw StoreError(StoreError::Kind::again, why);
}

bool PostgresLink::take_warning() {
  return std::exchange(warned_, false);
}

void PostgresLink::flush() {
  if (PQflush(connection_) < 0) lose("the connection to the database was lost while sending");
}

void PostgresLink::wait_until_readable() {
  const int unsent = PQflush(connection_);
  if (unsent < 0) lose("the connection to the database was lost while sending");
  pollfd watched{PQsocket(connection_), static_cast<short>(POLLIN | (unsent > 0 ? POLLOUT : 0)), 0};
  int ready = 0;
  do {
    ready = ::poll(&watched, 1, static_cast<int>(options_.silence_max.count()));
  } while (ready < 0 && errno == EINTR);
  if (ready == 0) lose("the database has not answered for too long");
  // What the server said before it went is still to be had: a result that says why.
  if (ready < 0 || (PQconsumeInput(connection_) == 0 && PQisBusy(connection_) != 0)) {
    lose("the connection to the database was lost");
  }
}

PostgresResult PostgresLink::next() {
  while (PQisBusy(connection_) != 0) wait_until_readable();
  PostgresResult result(PQgetResult(connection_));
  if (result == nullptr && PQstatus(connection_) == CONNECTION_BAD) lose("the connection to the database was lost");
  return result;
}

}  // namespace contactd::store
