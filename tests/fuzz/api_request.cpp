// Any method, target and body against the whole application on a real store: never a 500, never a crash. The first line
// of the input is the method and the target, the rest is the body.
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
    answer("POST", "/namespaces/", R"({"name":"Vayana"})");
  }
  ~Service() {
    application_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  int answer(std::string_view method, std::string_view target, std::string_view body) {
    http::Request request;
    request.method = method;
    request.target = target;
    request.body = std::string(body);
    request.content_length = body.size();
    request.headers = {{"Authorization", bearer_}, {"Content-Type", "application/json"}};
    return application_->answer_now(request).status;
  }

 private:
  const std::string secret_ = std::string(32, 's');
  const std::string folder_ =
      (std::filesystem::temp_directory_path() / ("contactd_fuzz_" + std::to_string(::getpid()))).string();
  const std::string bearer_ =
      "Bearer " + auth::issue_token({.tenant = "tenant-one",
                                     .user = "maker-one",
                                     .scopes = auth::all_scopes(),
                                     .ttl_seconds = auth::ttl_seconds_max},
                                    secret_, std::time(nullptr));
  Log log_{-1};
  auth::TokenVerifier verifier_{std::make_shared<auth::FixedKeys>(auth::KeySet::from_dev_secret(secret_)), {}};
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<api::Application> application_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Service service;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto line_end = text.find('\n');
  const std::string_view line = text.substr(0, line_end);
  const auto space = line.find(' ');
  if (space == std::string_view::npos || line_end == std::string_view::npos) return 0;
  const int status = service.answer(line.substr(0, space), line.substr(space + 1), text.substr(line_end + 1));
  if (status < 200 || status >= 500) std::abort();
  return 0;
}
