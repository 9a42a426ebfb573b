// A part of the number counts the writes that have been committed, and has the timeline of the last: what two servers
// have written, each without the other, never looks alike.
#include "store/tenant_changes.hpp"

#include "store/schema_plan.hpp"

namespace contactd::store {
namespace {

/// Where the times that a connection was opened begin, above any number of writes.
constexpr unsigned writes_bits = 44;

std::string seen_writes_sql() {
  return "SELECT concat_ws(' ', (SELECT system_identifier FROM pg_control_system()), (SELECT oid FROM pg_database "
         "WHERE "
         "datname = current_database()), to_regclass('" +
         std::string(unfinished_copy_table) +
         "')::text, (SELECT MAX(number) FROM schema_migrations), (SELECT string_agg(name || '=' || version, ',' ORDER "
         "BY name) FROM derived_versions), $1::bigint, (SELECT string_agg(concat_ws(':', shard, timeline, number), ',' "
         "ORDER BY shard) FROM tenant_changes WHERE tenant_changes.tenant_id = $1))";
}

}  // namespace

TableShape tenant_changes_shape() {
  return {"tenant_changes",
          {{"tenant_id", "BIGINT NOT NULL"},
           {"shard", "BIGINT NOT NULL"},
           {"number", "BIGINT NOT NULL"},
           {"timeline", "BIGINT"}},  // of the last write; missing in rows of earlier versions
          {"PRIMARY KEY (tenant_id, shard)"},
          {}};
}

/// On one server writes become visible one behind the other: two snapshots with the same sum have seen the same ones.
/// Another server may have seen others.
std::uint64_t change_number(Session& session) {
  const auto writes = session.first_integer(
      "SELECT COALESCE(SUM(number), 0) FROM tenant_changes WHERE tenant_changes.tenant_id = $1", session.values());
  return (session.times_opened() << writes_bits) + static_cast<std::uint64_t>(writes.value_or(0));
}

/// Not the sum: on a replica, writes of several parts may become visible in another order than on the primary. What is
/// of no tenant, but bears upon answers, is changed by `migrate` and `copy` alone.
std::string seen_writes(Session& session) {
  static const std::string sql = seen_writes_sql();
  return session.first_text(sql, session.values()).value_or("");
}

void note_change(WriteSession& session) {
  session.run(
      "INSERT INTO tenant_changes (tenant_id, shard, number, timeline) VALUES ($1, $2, 1, $3) ON CONFLICT (tenant_id, "
      "shard) DO UPDATE SET number = tenant_changes.number + 1, timeline = EXCLUDED.timeline",
      session.values().add(session.shard()).add(session.timeline()));
}

}  // namespace contactd::store
