// A few threads for reads that would hold up an I/O thread, shared fairly between tenants.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace contactd::store {

struct LongReadSettings {
  unsigned threads = 2;
  std::size_t queue_max = 1'024;          ///< More are refused; one tenant may have half of them.
  std::function<void()> after_each = {};  ///< Runs on the thread behind each piece of work.
};

/// Tenants take turns, one piece of work each, and no tenant has all the threads at once (where there are two or more):
/// one that asks for much waits for itself and for nobody else.
class LongReads {
 public:
  explicit LongReads(LongReadSettings settings);
  /// Finishes what waits.
  ~LongReads();
  LongReads(const LongReads&) = delete;
  LongReads& operator=(const LongReads&) = delete;

  /// False when the queue, or the tenant's share of it, is full. Thread-safe. `work` must not throw.
  bool submit(const std::string& tenant, std::function<void()> work);

 private:
  struct Waiting {
    std::deque<std::function<void()>> works;
    unsigned running = 0;
  };
  void run(const std::function<void()>& work) const;
  void loop();
  /// The next tenant in turn that may run; the end when there is none.
  std::deque<std::string>::iterator next_turn();

  LongReadSettings settings_;
  unsigned threads_per_tenant_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_map<std::string, Waiting> tenants_;  // those that wait or run
  std::deque<std::string> turns_;                     // each tenant that waits stands here once
  std::size_t waiting_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace contactd::store
