// Options, variables and the configuration file.
#include "cli/settings.hpp"

#include <toml++/toml.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>

namespace contactd::cli {
namespace {

std::string variable_of(std::string flag) {
  for (char& c : flag) c = c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return "CONTACTD_" + flag;
}

template <class Value>
CLI::Option* add(CLI::App& command, const std::string& flag, Value& value, const std::string& meaning) {
  return command.add_option("--" + flag, value, meaning)->envname(variable_of(flag))->capture_default_str();
}

/// A TOML value as the text that the option would have had on the command line.
std::string text_of(const toml::node& node, const std::string& key) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto number = node.value_exact<std::int64_t>()) return std::to_string(*number);
  if (const auto truth = node.value_exact<bool>()) return *truth ? "true" : "false";
  throw CLI::ValidationError("--config", key + " must be a string, a whole number or a boolean");
}

}  // namespace

void add_store_settings(CLI::App& command, ServeSettings& settings) {
  add(command, "data", settings.data, "Folder that holds the store and the development secret");
  add(command, "store", settings.store, store_meaning);
  add(command, "owner-store", settings.owner_store,
      "postgresql://… of the role that makes and changes the schema, where the one of --store does not own it");
}

void add_embedded_store_settings(CLI::App& command, ServeSettings& settings) {
  add(command, "data", settings.data, "Folder that holds the store");
  add(command, "store", settings.store,
      "sqlite:PATH (default: contacts.db in the data folder); PostgreSQL has tools of its own");
}

void add_settings(CLI::App& command, ServeSettings& settings) {
  add_store_settings(command, settings);
  add(command, "listen", settings.listen, "Where to serve HTTP: HOST:PORT");
  add(command, "read-store", settings.read_store,
      "postgresql://… of standbys of the store's server: searches and other long reads may run there");
  add(command, "database-connections", settings.database_connections,
      "Connections to PostgreSQL; half of them for writes")
      ->check(CLI::Range(2U, 1'000U));
  add(command, "prepared-statements", settings.prepared_statements,
      "off behind a pooler that gives each transaction another connection")
      ->check(CLI::IsMember({"on", "off"}));
  add(command, "jwks", settings.jwks, "File with the keys that tokens may be signed with (RFC 7517)");
  add(command, "issuer", settings.issuer, "The iss that tokens must have");
  add(command, "audience", settings.audience, "The aud that tokens must have");
  add(command, "tenant-claim", settings.tenant_claim, "Claim that names the tenant");
  add(command, "user-claim", settings.user_claim, "Claim that names the user; sub stands in for it");
  add(command, "scope-claim", settings.scope_claim, "Claim that lists the scopes");
  add(command, "metrics", settings.metrics, "Where to serve Prometheus metrics: HOST:PORT (default: nowhere)");
  add(command, "threads", settings.threads, "Threads that serve connections")->check(CLI::Range(1U, 256U));
  add(command, "long-read-threads", settings.long_read_threads, "Threads for reads whose cost grows with the store")
      ->check(CLI::Range(1U, 64U));
  add(command, "group-requests-max", settings.group_requests_max, "Writes that may share one commit; 1 switches it off")
      ->check(CLI::Range(1, 10'000));
  add(command, "queue-requests-max", settings.queue_requests_max, "Writes that may wait; more are answered 503")
      ->check(CLI::Range(1, 1'000'000));
  add(command, "connections-max", settings.limits.connections_max, "Open connections")->check(CLI::Range(1, 1'000'000));
  add(command, "log", settings.log, "Where log lines go: stderr or none")->check(CLI::IsMember({"stderr", "none"}));
  add(command, "config", settings.config, "TOML file with settings; keys are the flags with _ for -");
}

void read_config_file(CLI::App& command, const std::string& path) {
  toml::table table;
  try {
    table = toml::parse_file(path);
  } catch (const toml::parse_error& error) {
    throw CLI::ValidationError("--config", path + ": " + std::string(error.description()));
  }
  for (const auto& [key, node] : table) {
    std::string flag(key.str());
    const bool is_key = flag.find('-') == std::string::npos;  // a key has `_` where a flag has `-`
    std::replace(flag.begin(), flag.end(), '_', '-');
    CLI::Option* option = command.get_option_no_throw("--" + flag);
    if (!is_key || option == nullptr || flag == "config" || flag == "help") {
      throw CLI::ValidationError("--config", path + ": there is no setting " + std::string(key.str()));
    }
    if (option->count() > 0) continue;  // a flag or a variable came first
    option->add_result(text_of(node, std::string(key.str())));
    option->run_callback();
  }
}

HostPort parse_host_port(const std::string& text, const std::string& option) {
  const auto colon = text.rfind(':');
  HostPort parsed;
  bool good = colon != std::string::npos && colon > 0;
  if (good) {
    parsed.host = text.substr(0, colon);
    const std::string port = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), parsed.port);
    good = error == std::errc{} && end == port.data() + port.size() && !port.empty();
  }
  if (!good) throw CLI::ValidationError(option, "must be HOST:PORT, such as 127.0.0.1:8080");
  return parsed;
}

}  // namespace contactd::cli
