// The settings of `serve`, each described once: flag, variable, key in the file, default, meaning.
#pragma once

#include <CLI/App.hpp>
#include <string>

#include "http/limits.hpp"
#include "store/store.hpp"

namespace contactd::cli {

struct ServeSettings {
  std::string data;
  std::string listen = "127.0.0.1:8080";
  std::string store;
  std::string jwks;
  std::string issuer;
  std::string audience;
  std::string tenant_claim = "tenant_id";
  std::string user_claim = "user_id";
  std::string scope_claim = "scope";
  std::string metrics;
  std::string config;
  unsigned threads = 2;
  std::string owner_store;
  std::string read_store;
  unsigned database_connections = 8;
  std::string prepared_statements = "on";
  unsigned long_read_threads = 2;  ///< With one, a tenant that asks for much keeps the others waiting.
  std::size_t group_requests_max = 128;
  std::size_t queue_requests_max = 2'048;
  std::string log = "stderr";
  http::Limits limits;
};

inline constexpr const char* store_meaning =
    "sqlite:PATH (default: contacts.db in the data folder), or postgresql://… as libpq takes it";

/// Adds an option for each setting; CLI11 takes the flag, then the variable `CONTACTD_<FLAG>`.
void add_settings(CLI::App& command, ServeSettings& settings);

/// Adds those that say where the store is: --data, --store and --owner-store.
void add_store_settings(CLI::App& command, ServeSettings& settings);

/// The same for a command that is of the embedded store alone, and says so of a --store that is none.
void add_embedded_store_settings(CLI::App& command, ServeSettings& settings);

/// Fills what neither flag nor variable gave from the TOML file that `--config` names. Throws CLI::ParseError for a
/// file that cannot be read, a key that is not known and a value of the wrong kind.
void read_config_file(CLI::App& command, const std::string& path);

/// What the store is opened with. Throws CLI::ParseError for a --store that is none.
store::StoreSettings store_settings(const ServeSettings& settings);
/// The same for a command that works on the embedded store alone. Throws CLI::ValidationError for another one.
store::SqliteOptions embedded_store(const ServeSettings& settings);

struct HostPort {
  std::string host;
  std::uint16_t port = 0;
};
/// "127.0.0.1:8080", "[::1]:8080". Throws CLI::ParseError that names the option.
HostPort parse_host_port(const std::string& text, const std::string& option);

}  // namespace contactd::cli
