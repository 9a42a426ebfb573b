// `contactd serve`: puts the parts together, runs until SIGTERM or Ctrl-C, and takes them down in order.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

#include "api/application.hpp"
#include "auth/issuer.hpp"
#include "auth/key_file.hpp"
#include "cli/commands.hpp"
#include "cli/metrics.hpp"
#include "cli/settings.hpp"
#include "http/listener.hpp"
#include "resource/json_write.hpp"

namespace contactd::cli {
namespace {

std::string store_path(const ServeSettings& settings) {
  if (settings.store.empty()) return (std::filesystem::path(settings.data) / "contacts.db").string();
  constexpr std::string_view scheme = "sqlite:";
  if (settings.store.size() <= scheme.size() || !settings.store.starts_with(scheme)) {
    throw CLI::ValidationError("--store", "must be sqlite:PATH or postgresql://…");
  }
  return settings.store.substr(scheme.size());
}

void log_message(Log& log, std::string_view level, const std::string& message) {
  std::string line;
  {
    resource::JsonObject object(line);
    object.text("level", level);
    object.text("message", message);
  }
  log.line(line, true);
}

std::shared_ptr<auth::KeySource> key_source(const ServeSettings& settings, Log& log) {
  if (settings.jwks.empty()) {
    const auto secret = auth::load_or_create_dev_secret(std::filesystem::path(settings.data) / "dev-secret");
    return std::make_shared<auth::FixedKeys>(auth::KeySet::from_dev_secret(secret));
  }
  return std::make_shared<auth::KeyFile>(settings.jwks,
                                         [&log](const std::string& message) { log_message(log, "warning", message); });
}

/// Signals are taken by a thread of their own, so that stopping may do ordinary work.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    for (const int signal : {SIGINT, SIGTERM, SIGUSR2}) sigaddset(&signals_, signal);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }
  void watch(http::Server& server) {
    thread_ = std::thread([this, &server] {
      int signal = 0;
      sigwait(&signals_, &signal);
      if (signal != SIGUSR2) server.stop();
    });
  }
  /// Lets the thread go when the server ended by itself.
  void stop_watching() {
    if (!thread_.joinable()) return;
    pthread_kill(thread_.native_handle(), SIGUSR2);
    thread_.join();
  }
  ~StopSignals() { stop_watching(); }

 private:
  sigset_t signals_{};
  std::thread thread_;
};

int serve(CLI::App& command, ServeSettings& settings) {
  if (!settings.config.empty()) read_config_file(command, settings.config);
  if (settings.data.empty()) throw CLI::RequiredError("--data");
  const HostPort address = parse_host_port(settings.listen, "--listen");
  if (!settings.metrics.empty()) parse_host_port(settings.metrics, "--metrics");
  store::StoreSettings store_wishes = store_settings(settings);  // refused before anything is made
  StopSignals signals;
  std::signal(SIGPIPE, SIG_IGN);  // whoever read the log may have gone
  ::umask(077);                   // what is kept is nobody else's to read
  std::filesystem::create_directories(settings.data);
  Log log(settings.log == "none" ? -1 : STDERR_FILENO);
  const auth::TokenVerifier verifier(
      key_source(settings, log),
      {settings.issuer, settings.audience, settings.tenant_claim, settings.user_claim, settings.scope_claim});
  store_wishes.on_progress = [&log](const std::string& message) { log_message(log, "info", message); };
  auto store = std::make_unique<store::Store>(std::move(store_wishes));
  std::unique_ptr<Metrics> metrics;
  if (!settings.metrics.empty()) metrics = std::make_unique<Metrics>(settings.metrics, *store);
  api::Observer observer;
  if (metrics) {
    observer = [&metrics](std::string_view route, std::string_view method, int status, double seconds) {
      metrics->observe(route, method, status, seconds);
    };
  }
  api::Application application({.limits = settings.limits}, *store, verifier, log, std::move(observer));
  http::Server server(settings.limits, application, settings.threads);
  const std::uint16_t port = server.listen(address.host, address.port);
  std::printf("contactd listens on http://%s:%u\n", address.host.c_str(), static_cast<unsigned>(port));
  std::fflush(stdout);
  signals.watch(server);
  server.run();
  signals.stop_watching();
  metrics.reset();  // it asks the store
  store.reset();    // finishes what waits, while the server's contexts can still be posted to
  return 0;
}

}  // namespace

namespace {

void check_read_store(const ServeSettings& settings) {
  if (settings.read_store.empty()) return;
  if (!store::is_postgres_url(settings.read_store)) {
    throw CLI::ValidationError("--read-store", "must be postgresql://…");
  }
  if (!store::is_postgres_url(settings.store)) {
    throw CLI::ValidationError("--read-store", "is for a --store postgresql://…; the embedded store has no replicas");
  }
}

}  // namespace

store::StoreSettings store_settings(const ServeSettings& settings) {
  check_read_store(settings);
  store::StoreSettings store;
  if (store::is_postgres_url(settings.store)) {
    store.postgres.emplace();
    store.postgres->options.url = settings.store;
    store.postgres->options.prepared_statements = settings.prepared_statements == "on";
    store.postgres->owner_url = settings.owner_store;
    store.postgres->replica_url = settings.read_store;
    store.postgres->connections = settings.database_connections;
  } else {
    store.sqlite.path = store_path(settings);
  }
  store.writer.group_requests_max = settings.group_requests_max;
  store.writer.queue_requests_max = settings.queue_requests_max;
  store.long_read_threads = settings.long_read_threads;
  store.migrate_command = "contactd migrate --data " + settings.data;
  if (!settings.store.empty() && !store.postgres) store.migrate_command += " --store " + settings.store;
  // URLs may have passwords in them.
  if (store.postgres) store.migrate_command = "contactd migrate --store URL --owner-store URL";
  return store;
}

store::SqliteOptions embedded_store(const ServeSettings& settings) {
  const store::StoreSettings store = store_settings(settings);
  if (!store.postgres) return store.sqlite;
  throw CLI::ValidationError("--store", "this command is for the embedded store; PostgreSQL has tools of its own");
}

std::function<int()> add_serve(CLI::App& program) {
  auto* command = program.add_subcommand("serve", "Serve the API");
  auto settings = std::make_shared<ServeSettings>();
  add_settings(*command, *settings);
  return [command, settings] { return serve(*command, *settings); };
}

}  // namespace contactd::cli
