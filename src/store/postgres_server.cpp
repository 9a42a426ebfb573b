// What has to hold of a server before it can keep contacts, and what of a URL may be shown.
#include <charconv>
#include <stdexcept>

#include "store/postgres.hpp"

namespace contactd::store {
namespace {

constexpr std::int64_t version_min = 140000;

std::string setting_of(Connection& connection, const std::string& sql) {
  std::string value;
  connection.run(sql, {}, [&](const Row& row) {
    value = std::string(row.text(0));
    return false;
  });
  return value;
}

/// Replaces what stands between the two, wherever they are.
void hide_between(std::string& text, std::string_view begin, std::string_view ends) {
  constexpr std::string_view shown_instead = "***";
  for (auto at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
    at += begin.size();
    auto end = text.find_first_of(ends, at);
    if (end == std::string::npos) end = text.size();
    text.replace(at, end - at, shown_instead);
    at += shown_instead.size();
  }
}

}  // namespace

bool is_postgres_url(std::string_view store) {
  return store.starts_with("postgresql://") || store.starts_with("postgres://");
}

std::string without_password(std::string text) {
  hide_between(text, "password=", " &'\"");
  // user:password@host, where the user may be missing, and what had to be escaped in the password may not be.
  for (auto scheme = text.find("://"); scheme != std::string::npos; scheme = text.find("://", scheme + 3)) {
    const std::string_view url = std::string_view(text).substr(0, text.find_first_of(" '\"", scheme + 3));
    auto end = url.substr(0, url.find('?', scheme + 3)).rfind('@');
    if (end == std::string::npos || end < scheme) end = url.rfind('@');
    const auto colon = text.find(':', scheme + 3);
    if (end == std::string::npos || end < scheme || colon > end) continue;
    text.replace(colon + 1, end - colon - 1, "***");
  }
  return text;
}

void check_postgres_server(const PostgresOptions& options) {
  const auto connection = make_postgres_connection(options);
  std::string version, product, encoding, walls_do_not_hold;
  try {
    product = setting_of(*connection, "SELECT version()");
    version = setting_of(*connection, "SELECT current_setting('server_version_num')");
    encoding = setting_of(*connection, "SELECT current_setting('server_encoding')");
    walls_do_not_hold = setting_of(*connection,
                                   "SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR "
                                   "rolbypassrls)");
  } catch (const StoreError& error) {
    throw std::runtime_error("the database cannot be used: " + std::string(error.what()));
  }
  std::int64_t number = 0;
  std::from_chars(version.data(), version.data() + version.size(), number);
  if (number < version_min) {
    throw std::runtime_error("the server is " + product.substr(0, product.find_first_of(",(")) +
                             "; PostgreSQL 14 or later is needed");
  }
  if (encoding != "UTF8") {
    throw std::runtime_error("the database has the encoding " + encoding +
                             "; make one with: CREATE DATABASE … ENCODING 'UTF8'");
  }
  if (!walls_do_not_hold.empty()) {
    throw std::runtime_error("the role " + walls_do_not_hold +
                             " is a superuser or has BYPASSRLS: nothing would keep tenants apart but the service "
                             "itself; connect with a role that has neither");
  }
}

}  // namespace contactd::store
