// Any method, target and body against the whole application on a real store: never a 500, never a crash. The first line
// of the input is the method and the target, the rest is the body; {id} in it stands for a contact that is there.
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "api/application.hpp"
#include "auth/issuer.hpp"

namespace {

using namespace contactd;

class Service {
 public:
  Service() {
    std::filesystem::create_directories(folder_);
    store::StoreSettings settings;
    settings.sqlite.path = folder_ + "/contacts.db";
    settings.sqlite.synchronous = false;
    store_ = std::make_unique<store::Store>(std::move(settings));
    application_ = std::make_unique<api::Application>(api::ApplicationSettings{}, *store_, verifier_, log_);
    answer("POST", "/namespaces/",
           R"({"name":"Vayana","contact_pattern":"C{counter}","account_pattern":"A{counter}"})");
    contact_id_ = made_by_example();
  }
  ~Service() {
    application_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  int answer(std::string_view method, const std::string& target, const std::string& body) {
    return response(method, with_id(target), with_id(body)).status;
  }

 private:
  http::Response response(std::string_view method, const std::string& target, const std::string& body) {
    http::Request request;
    request.method = method;
    request.target = target;
    request.body = body;
    request.content_length = body.size();
    request.headers = {{"Authorization", bearer_}, {"Content-Type", "application/json"}};
    return application_->answer_now(request);
  }
  std::string made_by_example() {
    const auto made = response("POST", "/contacts/",
                               R"({"name":"Asha Rao","namespace":"Vayana","status":"active","type":"individual",)"
                               R"("props":[{"key":"pan","value":"AFZPK7190K","type":"text"}]})");
    return made.body.substr(made.body.find("\"id\":\"") + 6, 26);
  }
  std::string with_id(std::string text) const {
    constexpr std::string_view mark = "{id}";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
      text.replace(at, mark.size(), contact_id_);
    }
    return text;
  }

  const std::string secret_ = std::string(32, 's');
  const std::string folder_ =
      (std::filesystem::temp_directory_path() / ("contactd_fuzz_" + std::to_string(::getpid()))).string();
  const std::string bearer_ = "Bearer " + auth::issue_token({.tenant = "tenant-one",
                                                             .user = "maker-one",
                                                             .scopes = auth::all_scopes(),
                                                             .ttl_seconds = auth::ttl_seconds_max},
                                                            secret_, std::time(nullptr));
  Log log_{-1};
  auth::TokenVerifier verifier_{std::make_shared<auth::FixedKeys>(auth::KeySet::from_dev_secret(secret_)), {}};
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<api::Application> application_;
  std::string contact_id_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Service service;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto line_end = text.find('\n');
  const std::string_view line = text.substr(0, line_end);
  const auto space = line.find(' ');
  if (space == std::string_view::npos || line_end == std::string_view::npos) return 0;
  const int status = service.answer(line.substr(0, space), std::string(line.substr(space + 1)),
                                    std::string(text.substr(line_end + 1)));
  if (status < 200 || status >= 500) std::abort();
  return 0;
}
