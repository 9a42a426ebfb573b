// Sends requests to an application without a socket: through the head parser of the wire, then to the application.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/application.hpp"
#include "resource/json_document.hpp"
#include "scenario.hpp"
#include "store_under_test.hpp"

namespace contactd::scenario {

/// A request whose helpers are expanded.
struct Asked {
  std::string method = {};
  std::string target = {};
  std::string caller = {};
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< All that are sent but Host and Content-Length.
  std::string body = {};
  bool has_body = false;
  /// The request as a command that a reader can understand; the token stands as <user@tenant>.
  std::string as_command() const;
  std::string as_bytes() const;
};

Asked expand(const RequestPattern& pattern, const Names& names);

struct Answer {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
  std::optional<resource::JsonDocument> json = {};  ///< When the body is JSON.

  /// The value of the first field of that name, whatever its case.
  std::optional<std::string> header(std::string_view name) const;
  std::string text() const;
};

/// One service on one store.
class Service {
 public:
  explicit Service(const StoreKind& kind, store::StoreSettings settings = store::StoreSettings());
  /// Thread-safe.
  Answer ask(const Asked& asked);
  /// As StoreUnderTest::reopen.
  void restart(const std::function<void(store::Connection&)>& change = nullptr);

 private:
  void start();
  std::unique_ptr<StoreUnderTest> store_;
  Log log_{-1};
  auth::TokenVerifier verifier_;
  std::unique_ptr<api::Application> application_;
};

}  // namespace contactd::scenario
