// Puts the parts together as tests and the command line do.
#include "service.hpp"

#include <ctime>
#include <stdexcept>

namespace contactd::bench {
namespace {

std::string secret() {
  return std::string(32, 's');
}

}  // namespace

Service::Service(store::StoreSettings settings)
    : store_(std::move(settings)),
      verifier_(std::make_shared<auth::FixedKeys>(auth::KeySet::from_dev_secret(secret())), auth::TokenRules{}),
      application_({}, store_, verifier_, log_),
      token_(auth::issue_token(
          {.tenant = std::string(caller().tenant), .user = std::string(caller().user), .scopes = auth::all_scopes()},
          secret(), std::time(nullptr))),
      authorization_("Bearer " + token_) {}

http::Request Service::request(std::string_view method, std::string_view target, std::string body) const {
  http::Request request;
  request.method = method;
  request.target = target;
  request.headers = {{"Host", "127.0.0.1:8080"}, {"Authorization", authorization_}};
  if (!body.empty()) {
    request.headers.push_back({"Content-Type", "application/json"});
    request.content_length = body.size();
  }
  request.body = std::move(body);
  return request;
}

http::Response Service::make(std::string_view target, std::string body) {
  http::Request asked = request("POST", target, std::move(body));
  http::Response response = ask(asked);
  if (response.status != 201) {
    throw std::runtime_error("POST " + std::string(target) + " was answered " + std::to_string(response.status) + " " +
                             response.body);
  }
  return response;
}

std::string member(const std::string& json, const std::string& name) {
  const std::string start = "\"" + name + "\":\"";
  const auto at = json.find(start);
  if (at == std::string::npos) return {};
  const auto from = at + start.size();
  return json.substr(from, json.find('"', from) - from);
}

}  // namespace contactd::bench
