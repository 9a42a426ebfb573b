// The number is how many writes have been committed: on one server they become visible one behind the other, so two
// snapshots with the same number have seen the same ones. Another server may have seen others.
#include "store/tenant_changes.hpp"

namespace contactd::store {
namespace {

/// Where the times that a connection was opened begin, above any number of writes.
constexpr unsigned writes_bits = 44;

}  // namespace

TableShape tenant_changes_shape() {
  return {"tenant_changes",
          {{"tenant_id", "BIGINT NOT NULL"}, {"shard", "BIGINT NOT NULL"}, {"number", "BIGINT NOT NULL"}},
          {"PRIMARY KEY (tenant_id, shard)"},
          {}};
}

std::uint64_t change_number(Session& session) {
  const auto writes = session.first_integer(
      "SELECT COALESCE(SUM(number), 0) FROM tenant_changes WHERE tenant_changes.tenant_id = $1", session.values());
  return (session.times_opened() << writes_bits) + static_cast<std::uint64_t>(writes.value_or(0));
}

void note_change(WriteSession& session) {
  session.run(
      "INSERT INTO tenant_changes (tenant_id, shard, number) VALUES ($1, $2, 1) ON CONFLICT (tenant_id, shard) DO "
      "UPDATE SET number = tenant_changes.number + 1",
      session.values().add(session.shard()));
}

}  // namespace contactd::store
