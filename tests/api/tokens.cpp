// Tokens are signed with a development secret that only these tests have.
#include "tokens.hpp"

#include <ctime>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "auth/issuer.hpp"
#include "scenario.hpp"

namespace contactd::scenario {
namespace {

constexpr std::string_view secret = "a secret of thirty-two bytes or so, for tests";

struct Caller {
  std::string user, tenant, scopes;
};

Caller caller_of(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos) throw std::runtime_error("a caller is user@tenant: " + std::string(text));
  const auto bracket = text.find('[');
  Caller caller{std::string(trimmed(text.substr(0, at))), std::string(trimmed(text.substr(at + 1, bracket - at - 1))),
                auth::all_scopes()};
  if (bracket != std::string_view::npos) caller.scopes = text.substr(bracket + 1, text.find(']') - bracket - 1);
  return caller;
}

}  // namespace

std::string tenant_of(std::string_view caller) {
  return caller_of(caller).tenant;
}

std::string token_for(std::string_view text, int seconds_from_now) {
  static std::mutex mutex;
  static std::map<std::pair<std::string, int>, std::string> issued;
  const std::lock_guard lock(mutex);
  std::string& token = issued[{std::string(text), seconds_from_now}];
  if (token.empty()) {
    const Caller caller = caller_of(text);
    token =
        auth::issue_token({caller.tenant, caller.user, caller.scopes}, secret, std::time(nullptr) + seconds_from_now);
  }
  return token;
}

auth::TokenVerifier make_verifier() {
  return {std::make_shared<auth::FixedKeys>(auth::KeySet::from_dev_secret(secret)), {}};
}

}  // namespace contactd::scenario
