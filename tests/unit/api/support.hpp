// An application on a store of its own in a temporary folder, asked without sockets.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "api/application.hpp"
#include "auth/issuer.hpp"
#include "auth/keys.hpp"

namespace contactd::api {

/// A folder that goes when this does.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    static std::atomic<int> number{0};
    path_ = std::filesystem::temp_directory_path() /
            ("contactd_test_" + std::to_string(::getpid()) + "_" + std::to_string(++number));
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

struct Ask {
  std::string method;
  std::string target;
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
};

class TestService {
 public:
  explicit TestService(store::StoreSettings settings)
      : store_(std::make_unique<store::Store>(std::move(settings))),
        verifier_(std::make_shared<auth::FixedKeys>(auth::KeySet::from_dev_secret(secret())), auth::TokenRules{}),
        application_(std::make_unique<Application>(ApplicationSettings{}, *store_, verifier_, log_)) {}

  static std::string secret() { return std::string(32, 's'); }
  static std::string token(const std::string& tenant, const std::string& user = "maker-one",
                           const std::string& scopes = auth::all_scopes()) {
    return auth::issue_token({.tenant = tenant, .user = user, .scopes = scopes}, secret(), std::time(nullptr));
  }

  http::Response ask(const std::string& token, const Ask& ask) {
    http::Request request;
    request.method = ask.method;
    request.target = ask.target;
    request.body = ask.body;
    const std::string authorization = "Bearer " + token;
    if (!token.empty()) request.headers.push_back({"Authorization", authorization});
    request.headers.push_back({"X-Request-Id", "test"});
    if (!ask.body.empty()) {
      request.headers.push_back({"Content-Type", "application/json"});
      request.content_length = ask.body.size();
    }
    for (const auto& [name, value] : ask.headers) request.headers.push_back({name, value});
    return application_->answer_now(request);
  }

  store::Store& store() { return *store_; }
  Application& application() { return *application_; }

 private:
  Log log_{-1};
  std::unique_ptr<store::Store> store_;
  auth::TokenVerifier verifier_;
  std::unique_ptr<Application> application_;
};

/// The string member of that name nearest to the front; the answers that tests look into are small.
inline std::string member(const std::string& json, const std::string& name) {
  const std::string start = "\"" + name + "\":\"";
  const auto at = json.find(start);
  if (at == std::string::npos) return {};
  const auto from = at + start.size();
  return json.substr(from, json.find('"', from) - from);
}

}  // namespace contactd::api
