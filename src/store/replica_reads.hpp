// Long reads on replicas of the primary, which may be behind it: one answers only when it has what the primary has.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>

#include "store/engine.hpp"
#include "store/read_connections.hpp"
#include "store/store_settings.hpp"

namespace contactd::store {

class ReplicaReads {
 public:
  /// So long no replica is asked behind one that could not be had; then one thread tries.
  static constexpr std::chrono::seconds pause{5};

  /// Looks at the replica. Throws std::runtime_error with a line for the operator where it can be none of this store;
  /// of one that is away for the time being `tell` hears, as of all that keeps replicas from being used later.
  ReplicaReads(const PostgresSettings& settings, unsigned connections, const StoreSettings& store);

  /// Runs `work` on a replica whose snapshot has the very writes of the tenant that the primary's snapshot had when
  /// this was called: so whatever write any node has acknowledged before is in it. False when there is none to be had;
  /// `work` may have begun even then. Thread-safe. Throws what `work` throws, but no StoreError of the replica, and
  /// StoreError when the primary cannot be asked.
  bool read(const Caller& caller, ReadConnections& primary, FunctionRef<void(Session&)> work);

  ReplicaReadCounts counts() const { return {answered_.load(), differed_.load(), failed_.load()}; }

 private:
  using Clock = std::chrono::steady_clock;
  bool may_try();
  bool read_if_same(const Caller& caller, const std::string& wanted, FunctionRef<void(Session&)> work);
  void note_use();
  void note_failure(const std::string& why, bool is_away);

  PostgresOptions options_;
  std::function<void(const std::string&)> tell_;
  ReadConnections connections_;
  std::atomic<Clock::rep> not_before_{0};  // 0: whenever
  std::atomic<std::uint64_t> answered_{0}, differed_{0}, failed_{0};
  std::atomic<bool> in_use_{true};
  std::mutex telling_;
  Clock::time_point told_{};
};

}  // namespace contactd::store
