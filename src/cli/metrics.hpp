// Prometheus metrics on an address of their own.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace contactd::store {
class Store;
}

namespace contactd::cli {

class Metrics {
 public:
  /// Serves `/metrics` on that address until it is destroyed. Throws std::runtime_error when it cannot.
  Metrics(const std::string& host_port, store::Store& store);
  ~Metrics();
  /// Counts and times an answered request. Thread-safe.
  void observe(std::string_view route, std::string_view method, int status, double seconds);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace contactd::cli
