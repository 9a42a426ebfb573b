// The writer thread: takes all writes that wait and those that come meanwhile, runs each in a savepoint, commits them
// together, then lets them know.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "store/change_numbers.hpp"
#include "store/session.hpp"

namespace contactd::store {

/// A write on its way: what it does, and who hears of its end. Both run on the writer thread.
struct WriteJob {
  Caller caller;
  std::function<void(WriteSession&)> run;        ///< May throw: then nothing of it is kept.
  std::function<void(std::exception_ptr)> done;  ///< After the commit (null), or why it came to nothing.
};

struct WriterSettings {
  std::size_t group_requests_max = 128;    ///< 1 switches group commit off.
  std::size_t queue_requests_max = 2'048;  ///< More are refused: 503.
  /// Called when the engine could not make sure that something is on disk. It must not return.
  std::function<void(const std::string&)> on_lost;
};

class Writer {
 public:
  Writer(std::unique_ptr<Connection> connection, StampSource stamps, WriterSettings settings);
  /// Finishes what waits.
  ~Writer();

  /// False when the queue is full. Thread-safe.
  bool submit(WriteJob job);
  /// How often this writer has committed; a snapshot taken at the same number has seen everything acknowledged.
  std::uint64_t commits() const { return commits_.load(std::memory_order_acquire); }
  /// Moves behind `commits`: whoever reads this number first and then the store has seen what it stands for.
  const ChangeNumbers& changes() const { return changes_; }
  std::size_t waiting() const { return waiting_.load(std::memory_order_relaxed); }
  /// Further writes would be refused.
  bool is_full() const { return waiting() >= settings_.queue_requests_max; }

 private:
  using Outcomes = std::vector<std::exception_ptr>;
  void loop();
  /// Moves those that wait to the group, as many as it may hold. False when there was none, or no room.
  bool join_waiting(std::vector<WriteJob>& group);
  void run_group(std::vector<WriteJob>& group);
  /// Runs one job in its savepoint and, when it stands, adds to what the search tables have to follow. False when the
  /// engine has rolled back the whole group.
  bool run_job(WriteJob& job, std::exception_ptr& outcome, SearchChanges& changes);
  void guard_against_loss(const std::exception_ptr& error);

  /// Whether much has waited of late: the mean size of groups, the latest counting most.
  bool is_busy(std::size_t group_requests);

  std::unique_ptr<Connection> connection_;
  double group_requests_mean_ = 0;
  StampSource stamps_;
  WriterSettings settings_;
  TenantNumbers tenants_;
  std::vector<std::pair<std::string, std::int64_t>> tenants_of_group_;  ///< Not yet committed.
  std::atomic<std::uint64_t> commits_{0};
  ChangeNumbers changes_;
  std::atomic<std::size_t> waiting_{0};
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<WriteJob> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace contactd::store
