// What stands unless the operator says otherwise, and how a URL is handed to libpq.
#include "store/postgres_connect.hpp"

#include <libpq-fe.h>

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "store/connection.hpp"

namespace contactd::store {
namespace {

/// What stands unless the operator says otherwise: a server that is gone is noticed within seconds.
struct Parameter {
  const char* keyword;
  const char* value;
};
constexpr std::array defaults{
    Parameter{"connect_timeout", "3"},      Parameter{"keepalives_idle", "5"},
    Parameter{"keepalives_interval", "2"},  Parameter{"keepalives_count", "3"},
    Parameter{"tcp_user_timeout", "15000"}, Parameter{"fallback_application_name", "contactd"},
};

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

/// Whether the environment or a service file has a say on that keyword.
bool is_set_elsewhere(const PQconninfoOption* options, std::string_view keyword) {
  for (const PQconninfoOption* each = options; each != nullptr && each->keyword != nullptr; ++each) {
    if (keyword != each->keyword || each->val == nullptr) continue;
    return each->compiled == nullptr || std::string_view(each->val) != each->compiled;
  }
  return false;
}

/// A password with an unescaped / ends the host in its midst, and what is behind its : is taken for the port.
bool has_ports(const PQconninfoOption* options) {
  for (const PQconninfoOption* each = options; each->keyword != nullptr; ++each) {
    if (std::string_view(each->keyword) != "port" || each->val == nullptr) continue;
    return std::string_view(each->val).find_first_not_of("0123456789,") == std::string_view::npos;
  }
  return true;
}

}  // namespace

PostgresAddress address_of(const pg_conn* connection) {
  const auto text = [](const char* value) { return std::string(value == nullptr ? "" : value); };
  return {text(PQhost(connection)), text(PQhostaddr(connection)), text(PQport(connection))};
}

pg_conn* connect_to_postgres(const PostgresAttempt& attempt) {
  // libpq takes the last value of a keyword: the defaults come first, then the URL, then what must be so. A service
  // file that the URL names is read last and only fills gaps: where there is one, the defaults stay away.
  std::vector<const char*> keywords, values;
  const auto add = [&](const char* keyword, const char* value) {
    keywords.push_back(keyword);
    values.push_back(value);
  };
  // What libpq says of a URL that it does not understand may hold a part of the password.
  const Options of_url(PQconninfoParse(attempt.url.c_str(), nullptr));
  if (of_url == nullptr || !has_ports(of_url.get())) {
    throw StoreError(
        StoreError::Kind::other,
        "libpq does not understand the URL; see its manual, and write what is special in a password as %XX");
  }
  const Options elsewhere(PQconndefaults());
  const auto add_default = [&](const char* keyword, const char* value) {
    if (!is_set_elsewhere(elsewhere.get(), keyword)) add(keyword, value);
  };
  if (!is_set_elsewhere(of_url.get(), "service")) {
    add_default("target_session_attrs", attempt.server_wanted);
    for (const Parameter& each : defaults) add_default(each.keyword, each.value);
  }
  add("dbname", attempt.url.c_str());
  add("client_encoding", "UTF8");
  if (attempt.timeout_seconds != nullptr) add("connect_timeout", attempt.timeout_seconds);
  if (attempt.only) {
    add("host", attempt.only->host.c_str());
    add("hostaddr", attempt.only->host_address.c_str());
    add("port", attempt.only->port.c_str());
  }
  add(nullptr, nullptr);
  return PQconnectdbParams(keywords.data(), values.data(), 1);
}

}  // namespace contactd::store
