// The table of kept answers.
#include "store/idempotency.hpp"

#include "base/problem.hpp"
#include "store/sql.hpp"

namespace contactd::store {
namespace {

const std::string wall = tenant_wall("idempotency");

/// Each new answer drops at most two old ones: the table stays as large as a day's keys, and no write waits long.
void drop_old_answers(WriteSession& session, Time now) {
  const std::string& sql = made_once(session.dialect(), [](const Dialect& dialect) {
    return "DELETE FROM idempotency WHERE " + wall + " AND id IN (SELECT id FROM idempotency WHERE " + wall +
           " AND id < $2 ORDER BY id LIMIT 2" + std::string(dialect.skip_locked) + ")";
  });
  constexpr std::int64_t hour_microseconds = 3'600'000'000;
  const std::string oldest_kept = first_id_of(Time{now.microseconds - kept_answer_hours_min * hour_microseconds});
  session.run(sql, session.values().add(oldest_kept));
}

}  // namespace

std::optional<KeptAnswer> find_kept_answer(Session& session, std::string_view key) {
  static const std::string sql =
      "SELECT digest, status, location, etag, body FROM idempotency WHERE " + wall + " AND user_id = $2 AND key = $3";
  std::optional<KeptAnswer> found;
  session.run(sql, session.values().add(session.caller().user).add(key), [&](const Row& row) {
    found = KeptAnswer{std::string(row.text(0)), row.integer(1), std::string(row.text(2)), std::string(row.text(3)),
                       std::string(row.text(4))};
    return false;
  });
  return found;
}

void hold_key(WriteSession& session, std::string_view key) {
  const std::string name = std::string(session.caller().user) + "\n" + std::string(key);
  const auto held =
      session.first_integer("SELECT CASE WHEN pg_try_advisory_xact_lock(hashtextextended($2, $1)) THEN 1 ELSE 0 END",
                            session.values().add(name));
  if (held == 1) return;
  Problem problem(problem_kind("in_progress"));
  problem.headers.emplace_back("Retry-After", "1");
  throw problem;
}

void keep_answer(WriteSession& session, std::string_view key, const KeptAnswer& answer) {
  static const std::string sql =
      "INSERT INTO idempotency (tenant_id, id, user_id, key, digest, status, location, etag, body) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
  const Stamp stamp = session.stamps().next();
  session.run(sql, session.values()
                       .add(stamp.id)
                       .add(session.caller().user)
                       .add(key)
                       .add(answer.digest)
                       .add(answer.status)
                       .add(answer.location)
                       .add(answer.etag)
                       .add(answer.body));
  drop_old_answers(session, stamp.time);
}

}  // namespace contactd::store
