// A whole copy has no mark, but the secrets of its source, which no other store has.
#include "store/copy_standing.hpp"

#include "store/postgres_runs.hpp"

namespace contactd::store {
namespace {

/// Runs it in a transaction that is rolled back.
template <class Work>
auto in_passing(Connection& connection, Work&& work) {
  try {
    auto found = work();
    connection.rollback();
    return found;
  } catch (...) {
    roll_back(connection);
    throw;
  }
}

/// It may be about to make the mark, or to remove it.
void wait_for_earlier_run(CopyTarget& end) {
  end.connection().begin_write();
  in_passing(end.connection(), [&] {
    end.wait_for_earlier_run();
    return true;
  });
}

/// Also of tenants that the store does not know, which a later one would be given. Takes locks that whoever is served
/// would wait for.
bool has_rows(CopyTarget& end, const std::vector<CopiedTable>& tables) {
  std::vector<std::string> names;
  for (const CopiedTable& table : tables) {
    if (table.is_of_tenants) names.push_back(table.name);
  }
  for (const CopiedTable& table : label_tables()) names.push_back(table.name);
  for (const CountTable& table : count_tables()) names.push_back(table.name);
  Connection& target = end.connection();
  target.begin_write();
  return in_passing(target, [&] {
    end.wait_for_earlier_run();
    bool found = false;
    for (const std::string& name : names) {
      end.lift_wall(name);
      target.run("SELECT 1 FROM " + name + " LIMIT 1", {}, [&](const Row&) { return found = true; });
    }
    return found;
  });
}

/// Of a store that has tenants, and no mark. All of it is read only where it is a copy.
CopyStanding standing_of_finished(CopyTarget& end, const SourceState& source, const std::vector<CopiedTable>& tables) {
  Connection& target = end.connection();
  end.begin_read();
  return in_passing(target, [&] {
    if (secrets_hash(target, tables) != source.secrets) return CopyStanding::taken;
    return source_state(target, tables).fingerprint == source.fingerprint ? CopyStanding::whole
                                                                          : CopyStanding::outdated;
  });
}

}  // namespace

CopyStanding standing_of(CopyTarget& end, const SourceState& source, const std::vector<CopiedTable>& tables) {
  Connection& target = end.connection();
  wait_for_earlier_run(end);
  if (const auto begun = unfinished_copy_of(target)) {
    end.require_one_store();
    return *begun == source.fingerprint ? CopyStanding::begun : CopyStanding::other;
  }
  end.prepare_schema();
  end.require_one_store();
  if (!all_tenants(target).empty()) return standing_of_finished(end, source, tables);
  return has_rows(end, tables) ? CopyStanding::taken : CopyStanding::empty;
}

}  // namespace contactd::store
