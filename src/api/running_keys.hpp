// The Idempotency-Keys whose first request is still running in this process.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

namespace contactd::api {

class RunningKeys {
 public:
  /// Holds a key until it goes out of scope.
  class Hold {
   public:
    Hold() = default;
    Hold(RunningKeys& keys, std::string key) : keys_(&keys), key_(std::move(key)) {}
    Hold(Hold&& other) noexcept : keys_(other.keys_), key_(std::move(other.key_)) { other.keys_ = nullptr; }
    Hold& operator=(Hold&& other) noexcept;
    ~Hold() { release(); }

   private:
    void release();
    RunningKeys* keys_ = nullptr;
    std::string key_;
  };

  /// Throws a Problem when another request holds the key: `in_progress` when it is the same request (by its digest),
  /// `idempotency_mismatch` when it is another one.
  Hold take(std::string key, const std::string& digest);

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, std::string> digests_;
};

}  // namespace contactd::api
