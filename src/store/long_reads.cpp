// Round robin over the tenants that wait.
#include "store/long_reads.hpp"

#include <cstdio>

#include <algorithm>

namespace contactd::store {

LongReads::LongReads(LongReadSettings settings)
    : settings_(std::move(settings)), threads_per_tenant_max_(std::max(1U, settings_.threads - 1)) {
  for (unsigned i = 0; i < settings_.threads; ++i) threads_.emplace_back([this] { loop(); });
}

LongReads::~LongReads() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool LongReads::submit(const std::string& tenant, std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_ >= settings_.queue_max) return false;
    const auto known = tenants_.find(tenant);
    const std::size_t share = std::max<std::size_t>(1, settings_.queue_max / 2);
    if (known != tenants_.end() && known->second.works.size() >= share) return false;
    Waiting& mine = known != tenants_.end() ? known->second : tenants_[tenant];
    if (mine.works.empty()) turns_.push_back(tenant);
    mine.works.push_back(std::move(work));
    ++waiting_;
  }
  changed_.notify_one();
  return true;
}

std::deque<std::string>::iterator LongReads::next_turn() {
  return std::find_if(turns_.begin(), turns_.end(), [this](const std::string& tenant) {
    return tenants_.at(tenant).running < threads_per_tenant_max_;
  });
}

/// Whoever asked has been told of an error by the work itself; what fails behind it must not end the thread.
void LongReads::run(const std::function<void()>& work) const {
  try {
    work();
    if (settings_.after_each) settings_.after_each();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "a long read ended badly: %s\n", error.what());
  }
}

void LongReads::loop() {
  std::unique_lock lock(mutex_);
  for (;;) {
    auto turn = turns_.end();
    changed_.wait(lock, [&] { return (turn = next_turn()) != turns_.end() || (stopping_ && turns_.empty()); });
    if (turn == turns_.end()) return;
    const std::string tenant = std::move(*turn);
    turns_.erase(turn);
    {
      Waiting& mine = tenants_.at(tenant);
      const auto work = std::move(mine.works.front());
      mine.works.pop_front();
      if (!mine.works.empty()) turns_.push_back(tenant);
      ++mine.running;
      --waiting_;
      lock.unlock();
      run(work);
    }
    lock.lock();
    const auto mine = tenants_.find(tenant);
    if (--mine->second.running == 0 && mine->second.works.empty()) tenants_.erase(mine);
    changed_.notify_all();  // the tenant may have been held back
  }
}

}  // namespace contactd::store
