// SQLite file systems that misbehave on purpose: writes that find no room, writes and syncs that fail, slow syncs.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace contactd::store::test {

enum class Fault { full, write_error, sync_error };
enum class FaultFile { database, log, other };

/// What goes wrong: of the calls that could fail so (writes, or syncs; counted from 0 when the plan is laid) `count`
/// ones, from `first` on.
struct FaultPlan {
  Fault fault = Fault::full;
  std::int64_t first = 0;
  std::int64_t count = 1;
};
inline constexpr std::int64_t until_disarmed = INT64_MAX;

/// A wrapper around the default file system, registered under `name` as long as it lives. Files that it opened must be
/// closed before it goes.
class FaultVfs {
 public:
  explicit FaultVfs(const std::string& name);
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  const std::string& name() const;
  void arm(const FaultPlan& plan);
  /// Nothing fails any more.
  void disarm();
  /// How many calls have failed since the last plan was laid.
  std::int64_t failures() const;
  /// Called at each failure, on the thread that meets it.
  std::function<void(FaultFile)> on_failure;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

/// Registers a file system for benchmarks whose syncs take that much longer, as those of slower disks do. It stays.
void register_slow_sync_vfs(const std::string& name, unsigned milliseconds);

}  // namespace contactd::store::test
