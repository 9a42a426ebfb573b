// Taking a key and giving it back.
#include "api/running_keys.hpp"

#include "base/problem.hpp"

namespace contactd::api {

RunningKeys::Hold RunningKeys::take(std::string key, const std::string& digest) {
  const std::lock_guard lock(mutex_);
  const auto [entry, taken] = digests_.emplace(key, digest);
  if (taken) return {*this, std::move(key)};
  if (entry->second != digest) throw Problem(problem_kind("idempotency_mismatch"));
  Problem problem(problem_kind("in_progress"));
  problem.headers.emplace_back("Retry-After", "1");
  throw problem;
}

RunningKeys::Hold& RunningKeys::Hold::operator=(Hold&& other) noexcept {
  release();
  keys_ = other.keys_;
  key_ = std::move(other.key_);
  other.keys_ = nullptr;
  return *this;
}

void RunningKeys::Hold::release() {
  if (keys_ == nullptr) return;
  const std::lock_guard lock(keys_->mutex_);
  keys_->digests_.erase(key_);
  keys_ = nullptr;
}

}  // namespace contactd::api
