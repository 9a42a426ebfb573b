// Long reads on replicas of the primary, which may be behind it: one answers only when it has what the primary has.
#pragma once

#include <atomic>
#include <chrono>

#include "store/engine.hpp"
#include "store/read_connections.hpp"
#include "store/store_settings.hpp"

namespace contactd::store {

class ReplicaReads {
 public:
  /// So long no replica is asked behind one that could not be reached.
  static constexpr std::chrono::seconds pause{5};

  /// Looks at the replica: one that is of another database, or may look over the wall between tenants, is refused with
  /// std::runtime_error; of one that cannot be reached `on_progress` hears.
  ReplicaReads(const PostgresSettings& settings, unsigned connections, const StoreSettings& store);

  /// Runs `work` on a replica whose snapshot has the very writes of the tenant that the primary's snapshot had when
  /// this was called: so an answer that was given before, by any node, is in it. False when there is none to be had;
  /// `work` may have begun even then. Thread-safe. Throws what `work` throws, but no StoreError of the replica, and
  /// StoreError when the primary cannot be asked.
  bool read(const Caller& caller, ReadConnections& primary, FunctionRef<void(Session&)> work);

  ReplicaReadCounts counts() const { return {answered_.load(), differed_.load(), failed_.load()}; }

 private:
  using Clock = std::chrono::steady_clock;
  bool read_if_same(const Caller& caller, const std::string& wanted, FunctionRef<void(Session&)> work);
  void look_at_replica(const PostgresSettings& settings, const StoreSettings& store) const;

  PostgresOptions options_;
  ReadConnections connections_;
  std::atomic<Clock::rep> not_before_{0};
  std::atomic<std::uint64_t> answered_{0}, differed_{0}, failed_{0};
};

}  // namespace contactd::store
