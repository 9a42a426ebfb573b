// Lending connections.
#include "store/read_connections.hpp"

#include "store/postgres_runs.hpp"

namespace contactd::store {

std::unique_ptr<KnowingConnection> make_knowing_connection(
    PostgresOptions options, const std::function<std::unique_ptr<Connection>(std::unique_ptr<Connection>)>& wrap) {
  auto made = std::make_unique<KnowingConnection>();
  options.on_open = [&tenants = made->tenants] { tenants.clear(); };
  made->connection = make_postgres_connection(options);
  if (wrap) made->connection = wrap(std::move(made->connection));
  return made;
}

void read_on(KnowingConnection& at, const Caller& caller, int times_max, FunctionRef<void(Session&)> work) {
  Connection& connection = *at.connection;
  run_some_times(connection, times_max, [&] {
    connection.begin_read();
    Session session(connection, caller, number_of(connection, at.tenants, caller.tenant));
    work(session);
    connection.commit();
  });
}

std::unique_ptr<KnowingConnection> ReadConnections::take() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [&] { return !idle_.empty(); });
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void ReadConnections::add(std::unique_ptr<KnowingConnection> connection) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

}  // namespace contactd::store
