// Short reads on PostgreSQL. Those that wait at the same time share a connection, a transaction and its snapshot, and
// what they ask goes to the server together: most of what a short read costs is the way there.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "store/postgres_connection.hpp"
#include "store/session.hpp"

namespace contactd::store {

/// A read, and who is told of its end.
struct SharedRead {
  Caller caller;
  std::function<void(Session&)> work;  ///< May run more than once, each time as if it were the first.
  std::function<void(std::exception_ptr)> done;
};

class ReadLane;

struct SharedReadSettings {
  unsigned lanes = 2;  ///< Threads, each with a connection.
  std::size_t queue_max = 8'192;
  /// `StoreSettings::wrap`.
  std::function<std::unique_ptr<Connection>(std::unique_ptr<Connection>)> wrap = nullptr;
};

class SharedReads {
 public:
  SharedReads(const PostgresOptions& options, const SharedReadSettings& settings);
  /// Finishes what waits.
  ~SharedReads();
  SharedReads(const SharedReads&) = delete;
  SharedReads& operator=(const SharedReads&) = delete;

  /// False when too many wait already. Thread-safe. `done` is called on a thread of these.
  bool submit(SharedRead read);
  /// How many had to run again by themselves, after trouble with the store.
  std::uint64_t run_again() const { return run_again_.load(std::memory_order_relaxed); }

 private:
  void loop(ReadLane& lane);
  /// The next that run together; none when there is nothing more to do.
  std::vector<SharedRead> take();

  std::size_t queue_max_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<SharedRead> queue_;
  bool stopping_ = false;
  std::atomic<std::uint64_t> run_again_{0};
  std::vector<std::thread> threads_;
};

}  // namespace contactd::store
