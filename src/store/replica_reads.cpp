// First the primary is asked which writes it has, then the replica in the very snapshot that would be read.
#include "store/replica_reads.hpp"

#include <stdexcept>

#include "store/postgres_runs.hpp"
#include "store/tenant_changes.hpp"

namespace contactd::store {
namespace {

/// Sooner than of the primary: there is another server that can answer.
constexpr std::chrono::milliseconds replica_silence_max{10'000};
/// One that was started anew has cut each connection.
constexpr int replica_runs_max = 2;

PostgresOptions options_for_replica(const PostgresSettings& settings) {
  PostgresOptions options = settings.options;
  options.url = settings.replica_url;
  options.server_wanted = replica_wanted;
  options.primary = nullptr;  // it is none, and where it is found says nothing about the primary
  options.silence_max = replica_silence_max;
  return options;
}

/// A database: its system and itself, and the table by which stores in it are told apart, where it is there.
struct Identity {
  std::string database;
  std::string table;
};

Identity identity_of(const PostgresOptions& options) {
  Identity identity;
  const std::string sql =
      "SELECT concat_ws(' ', " + std::string(database_identity) + "), to_regclass('tenant_changes')::oid::text";
  make_postgres_connection(options)->run(sql, {}, [&](const Row& row) {
    identity = {std::string(row.text(0)), std::string(row.text(1))};
    return false;
  });
  return identity;
}

/// Whether somebody answered, and it was a no that time will not change.
bool is_refusal(const StoreError& error) {
  const std::string_view message = error.what();
  const auto says = [&](std::string_view words) { return message.find(words) != std::string_view::npos; };
  if (error.kind != StoreError::Kind::away) return true;
  return says("FATAL") && !says("the database system is") && !says("too many") && !says("reserved for");
}

/// Throws std::runtime_error unless that is a replica of the store, or one that is away.
void look_at_replica(const PostgresOptions& replica, const PostgresOptions& store,
                     FunctionRef<void(const std::string&)> on_absence) {
  const std::string named = "the read store: ";
  const Identity wanted = identity_of(store);
  Identity found;
  try {
    found = identity_of(replica);
  } catch (const StoreError& error) {
    if (is_refusal(error)) throw std::runtime_error(named + error.what());
    return on_absence(error.what());
  }
  try {
    check_postgres_server(replica);
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(named + error.what());
  }
  const bool may_come = found.table.empty();  // it has still to replay the schema's making
  if (found.database == wanted.database && (may_come || found.table == wanted.table)) return;
  throw std::runtime_error(named +
                           "it is another database than the store, or another schema of it: name a standby that "
                           "streams from the store's server, and the rest as in --store");
}

}  // namespace

ReplicaReads::ReplicaReads(const PostgresSettings& settings, unsigned connections, const StoreSettings& store)
    : options_(options_for_replica(settings)), tell_(store.on_progress) {
  look_at_replica(options_, settings.options, [&](const std::string& why) { note_failure(why, true); });
  for (unsigned i = 0; i < connections; ++i) connections_.add(make_knowing_connection(options_, store.wrap));
}

bool ReplicaReads::read(const Caller& caller, ReadConnections& primary, FunctionRef<void(Session&)> work) {
  if (!may_try()) return false;
  SeenWrites wanted;
  {
    const ReadConnections::Lease lease(primary);
    read_on(*lease, caller, runs_max, [&](Session& session) { wanted = seen_writes(session); });
  }
  return read_if_same(caller, wanted.text, work);
}

/// When the pause is over, whoever comes first moves its end on: the others need not wait for what comes of the trial.
bool ReplicaReads::may_try() {
  Clock::rep due = not_before_.load();
  if (due == 0) return true;
  const auto now = Clock::now();
  return now.time_since_epoch().count() >= due &&
         not_before_.compare_exchange_strong(due, (now + pause).time_since_epoch().count());
}

bool ReplicaReads::read_if_same(const Caller& caller, const std::string& wanted, FunctionRef<void(Session&)> work) {
  SeenWrites seen;
  const auto answers = [&] { return seen.is_standby && seen.text == wanted; };
  const ReadConnections::Lease lease(connections_);
  try {
    read_on(*lease, caller, replica_runs_max, [&](Session& session) {
      seen = seen_writes(session);
      if (answers()) work(session);
    });
  } catch (const StoreError& error) {
    ++failed_;
    note_failure(error.what(), error.kind == StoreError::Kind::away);
    return false;
  } catch (...) {
    ++answered_;
    throw;
  }
  if (!seen.is_standby) {  // it was promoted, or there is no other one
    (*lease).connection->find_server_anew();
    ++failed_;
    note_failure("no server that it names is a standby", true);
    return false;
  }
  note_use();
  ++(answers() ? answered_ : differed_);
  return answers();
}

void ReplicaReads::note_use() {
  if (not_before_.load() != 0) not_before_.store(0);
  if (!in_use_.load() && !in_use_.exchange(true) && tell_) tell_("the read store is used again");
}

void ReplicaReads::note_failure(const std::string& why, bool is_away) {
  const auto now = Clock::now();
  if (is_away) not_before_.store((now + pause).time_since_epoch().count());
  in_use_.store(false);
  const std::lock_guard lock(telling_);
  if (!tell_ || (told_ != Clock::time_point{} && now < told_ + std::chrono::minutes(1))) return;
  told_ = now;
  tell_("the read store cannot be used, and the store is read in its place: " + why);
}

}  // namespace contactd::store
