// First the primary is asked which writes it has, then the replica in the very snapshot that would be read.
#include "store/replica_reads.hpp"

#include <stdexcept>

#include "store/postgres_runs.hpp"
#include "store/tenant_changes.hpp"

namespace contactd::store {
namespace {

/// Sooner than of the primary: there is another server that can answer.
constexpr std::chrono::milliseconds replica_silence_max{5'000};

/// Which database that is, of which system: what a replica has in common with its primary.
std::string identity_of(const PostgresOptions& options) {
  std::string identity;
  make_postgres_connection(options)->run(
      "SELECT concat_ws(' ', (pg_control_system()).system_identifier, (SELECT oid FROM pg_database WHERE datname = "
      "current_database()))",
      {}, [&](const Row& row) {
        identity = std::string(row.text(0));
        return false;
      });
  return identity;
}

PostgresOptions options_for_replica(const PostgresSettings& settings) {
  PostgresOptions options = settings.options;
  options.url = settings.replica_url;
  options.server_wanted = replica_wanted;
  options.primary = nullptr;  // it is none, and where it is found says nothing about the primary
  options.silence_max = replica_silence_max;
  return options;
}

}  // namespace

ReplicaReads::ReplicaReads(const PostgresSettings& settings, unsigned connections, const StoreSettings& store)
    : options_(options_for_replica(settings)) {
  look_at_replica(settings, store);
  for (unsigned i = 0; i < connections; ++i) connections_.add(make_knowing_connection(options_, store.wrap));
}

void ReplicaReads::look_at_replica(const PostgresSettings& settings, const StoreSettings& store) const {
  std::string identity;
  try {
    identity = identity_of(options_);
  } catch (const StoreError& error) {
    if (error.kind != StoreError::Kind::busy) {
      throw std::runtime_error("the read store cannot be used: " + std::string(error.what()));
    }
    if (!store.on_progress) return;
    store.on_progress("the read store cannot be reached, and the store itself is read until it can: " +
                      std::string(error.what()));
    return;
  }
  check_postgres_server(options_);
  if (identity == identity_of(settings.options)) return;
  throw std::runtime_error(
      "the read store is another database than the store: name a standby that streams from the store's server, and the "
      "same database");
}

bool ReplicaReads::read(const Caller& caller, ReadConnections& primary, FunctionRef<void(Session&)> work) {
  if (Clock::now().time_since_epoch().count() < not_before_.load()) return false;
  std::string wanted;
  primary.read(caller, runs_max,
               [&](Session& session) { wanted = session.timeline() == 0 ? std::string() : seen_writes(session); });
  return !wanted.empty() && read_if_same(caller, wanted, work);
}

bool ReplicaReads::read_if_same(const Caller& caller, const std::string& wanted, FunctionRef<void(Session&)> work) {
  bool is_same = false;
  try {
    connections_.read(caller, 1, [&](Session& session) {
      is_same = seen_writes(session) == wanted;
      if (is_same) work(session);
    });
  } catch (const StoreError& error) {
    ++failed_;
    if (error.kind == StoreError::Kind::busy) not_before_ = (Clock::now() + pause).time_since_epoch().count();
    return false;
  } catch (...) {
    ++answered_;
    throw;
  }
  ++(is_same ? answered_ : differed_);
  return is_same;
}

}  // namespace contactd::store
