// The application: a function from Request to Response. Everything about sockets is outside of it.
#pragma once

#include <functional>

#include "api/running_keys.hpp"
#include "auth/cursor.hpp"
#include "auth/token.hpp"
#include "base/log.hpp"
#include "http/handler.hpp"
#include "http/limits.hpp"
#include "store/store.hpp"

namespace contactd::api {

/// What the application needs to know besides its parts.
struct ApplicationSettings {
  http::Limits limits;
  std::function<std::int64_t()> now = nullptr;  ///< Unix seconds, for tokens; null: the system's clock.
};

/// What is counted and timed of every answered request; the metrics endpoint shows it.
using Observer = std::function<void(std::string_view route, std::string_view method, int status, double seconds)>;

class Application final : public http::Handler {
 public:
  /// All must outlive the application. `observer` may be empty.
  Application(ApplicationSettings settings, store::Store& store, const auth::TokenVerifier& verifier, Log& log,
              Observer observer = nullptr);
  ~Application() override;

  std::unique_ptr<http::Exchange> begin(http::Request& request) override;
  http::Response refuse(const http::Refusal& refusal, http::Trace& trace) override;
  void finished(const http::Request& request, const http::Response& response, std::size_t bytes_written) override;

  /// The whole way of a request on the calling thread, waiting for the store; for tests and benchmarks.
  http::Response answer_now(http::Request& request);

  const auth::CursorSealer& cursors() const { return cursors_; }

 private:
  friend class Conversation;
  ApplicationSettings settings_;
  store::Store& store_;
  const auth::TokenVerifier& verifier_;
  Log& log_;
  Observer observer_;
  auth::CursorSealer cursors_;
  RunningKeys running_keys_;
};

}  // namespace contactd::api
