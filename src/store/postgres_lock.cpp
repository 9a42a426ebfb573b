// Advisory locks, which end with their transaction.
#include "store/postgres_lock.hpp"

#include <array>

#include "store/postgres_schema.hpp"

namespace contactd::store {
namespace {

/// With its argument, behind `pg_` or `pg_try_`.
std::string function_of(PostgresLockFor what_for) {
  return "advisory_xact_lock(" + std::to_string(static_cast<std::int64_t>(what_for)) + ")";
}

/// The transaction lasts as long as the work does; yet one whose machine has gone must not hold the lock for hours.
constexpr std::array settings{
    "statement_timeout = 0",
    "lock_timeout = 0",
    "idle_in_transaction_session_timeout = 0",
    "tcp_keepalives_idle = 10",
    "tcp_keepalives_interval = 5",
    "tcp_keepalives_count = 3",
};

}  // namespace

void take_time_for_transaction(Connection& connection) {
  for (const char* const setting : settings) connection.send("SET LOCAL " + std::string(setting), {});
}

PostgresLock::PostgresLock(const PostgresOptions& options, PostgresLockFor what_for)
    : connection_(make_postgres_connection(options)), what_for_(what_for) {
  connection_->begin_write();
  take_time_for_transaction(*connection_);
}

void take_for_transaction(Connection& connection, PostgresLockFor what_for) {
  take_time_for_transaction(connection);
  connection.run("SELECT pg_" + function_of(what_for));
}

bool PostgresLock::try_to_take() {
  return text_of(*connection_, "SELECT pg_try_" + function_of(what_for_)) == "t";
}

void PostgresLock::wait_and_take() {
  connection_->run("SELECT pg_" + function_of(what_for_));
}

bool PostgresLock::is_seen_by(Connection& other) {
  const auto number = static_cast<std::uint64_t>(what_for_);
  const std::string sql =
      "SELECT 'seen' FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND classid = " +
      std::to_string(number >> 32U) + " AND objid = " + std::to_string(number & 0xFFFFFFFFU) +
      " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid = " +
      text_of(*connection_, "SELECT pg_backend_pid()");
  if (!text_of(*connection_, sql).empty()) return !text_of(other, sql).empty();
  constexpr std::string_view name = "SELECT current_database()";
  return text_of(*connection_, name) == text_of(other, name);
}

}  // namespace contactd::store
