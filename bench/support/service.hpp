// The application on a store of its own, asked without sockets, for programs that measure it.
#pragma once

#include <string>
#include <utility>

#include "api/application.hpp"
#include "auth/issuer.hpp"
#include "auth/keys.hpp"

namespace contactd::bench {

class Service {
 public:
  explicit Service(store::StoreSettings settings);

  /// A request by the one user that there is; it can be asked again and again. Its body may be changed as long as the
  /// length stays. `target` must outlive it.
  http::Request request(std::string_view method, std::string_view target, std::string body = {}) const;
  http::Response ask(http::Request& request) { return application_.answer_now(request); }
  /// Asks for something to be made. Throws std::runtime_error with the answer when it was not.
  http::Response make(std::string_view target, std::string body);

  const std::string& token() const { return token_; }
  const auth::TokenVerifier& verifier() const { return verifier_; }
  store::Store& store() { return store_; }
  static store::Caller caller() { return {"bench-tenant", "bench-user", "bench"}; }

 private:
  Log log_{-1};
  store::Store store_;
  auth::TokenVerifier verifier_;
  api::Application application_;
  std::string token_;
  std::string authorization_;
};

/// The string member of that name nearest to the front.
std::string member(const std::string& json, const std::string& name);

}  // namespace contactd::bench
