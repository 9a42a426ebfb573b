// Threads that take what waits.
#include "store/shared_reads.hpp"

#include <algorithm>

#include "store/read_lane.hpp"

namespace contactd::store {

SharedReads::SharedReads(const PostgresOptions& options, const SharedReadSettings& settings)
    : queue_max_(settings.queue_max) {
  for (unsigned i = 0; i < settings.lanes; ++i) {
    threads_.emplace_back([this, options, settings] {
      ReadLane lane(options, settings, run_again_);  // its fibers begin and end on this thread
      loop(lane);
    });
  }
}

SharedReads::~SharedReads() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool SharedReads::submit(SharedRead read) {
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= queue_max_ || stopping_) return false;
    queue_.push_back(std::move(read));
  }
  arrived_.notify_one();
  return true;
}

std::vector<SharedRead> SharedReads::take() {
  std::vector<SharedRead> taken;
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
  const std::size_t count = std::min(queue_.size(), ReadLane::reads_max);
  for (std::size_t i = 0; i < count; ++i) {
    taken.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return taken;
}

void SharedReads::loop(ReadLane& lane) {
  for (std::vector<SharedRead> reads = take(); !reads.empty(); reads = take()) lane.run(reads);
}

}  // namespace contactd::store
