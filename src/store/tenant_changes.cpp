// A part counts the writes that have been committed, and has a random number of the last one: so what two servers have
// written, each without the other, never looks alike, whatever became of either.
#include "store/tenant_changes.hpp"

#include <random>

#include "store/schema_plan.hpp"

namespace contactd::store {
namespace {

/// Odd, so that counts stay apart (2^64 by the golden ratio).
constexpr std::uint64_t apart = 0x9E3779B97F4A7C15U;

/// What else has to be the same for the same answers: the system, the database, the very table; that the wall between
/// tenants holds for the role; and what of no tenant bears upon answers, which `migrate` and `copy` change.
std::string seen_writes_sql() {
  return "SELECT CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END, concat_ws(' ', " + std::string(database_identity) +
         ", 'tenant_changes'::regclass::oid, (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = "
         "current_user), to_regclass('" +
         std::string(unfinished_copy_table) +
         "')::text, (SELECT MAX(number) FROM schema_migrations), (SELECT string_agg(name || '=' || version, ',' ORDER "
         "BY name) FROM derived_versions), $1::bigint, (SELECT string_agg(concat_ws(':', shard, number, mark), ',' "
         "ORDER BY shard) FROM tenant_changes WHERE tenant_changes.tenant_id = $1))";
}

std::int64_t random_mark() {
  thread_local std::mt19937_64 random = [] {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device()};
    return std::mt19937_64(seed);
  }();
  return static_cast<std::int64_t>(random());
}

}  // namespace

TableShape tenant_changes_shape() {
  return {"tenant_changes",
          {{"tenant_id", "BIGINT NOT NULL"},
           {"shard", "BIGINT NOT NULL"},
           {"number", "BIGINT NOT NULL"},
           {"mark", "BIGINT"}},  // missing in rows of earlier versions
          {"PRIMARY KEY (tenant_id, shard)"},
          {}};
}

std::uint64_t change_number(Session& session) {
  std::uint64_t number = 0;
  session.run(
      "SELECT COALESCE(SUM(number), 0), COALESCE(BIT_XOR(mark), 0) FROM tenant_changes WHERE tenant_changes.tenant_id "
      "= "
      "$1",
      session.values(), [&](const Row& row) {
        number = static_cast<std::uint64_t>(row.integer(0)) * apart + static_cast<std::uint64_t>(row.integer(1));
        return false;
      });
  return number;
}

SeenWrites seen_writes(Session& session) {
  static const std::string sql = seen_writes_sql();
  SeenWrites seen;
  session.run(sql, session.values(), [&](const Row& row) {
    seen = {std::string(row.text(1)), row.integer(0) == 1};
    return false;
  });
  return seen;
}

void note_change(WriteSession& session) {
  session.run(
      "INSERT INTO tenant_changes (tenant_id, shard, number, mark) VALUES ($1, $2, 1, $3) ON CONFLICT (tenant_id, "
      "shard) DO UPDATE SET number = tenant_changes.number + 1, mark = EXCLUDED.mark",
      session.values().add(session.shard()).add(random_mark()));
}

}  // namespace contactd::store
