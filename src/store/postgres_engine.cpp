// A piece of work is a transaction; when others or the network were in its way it is run again, a few times.
#include "store/postgres_engine.hpp"

#include <algorithm>
#include <random>

#include "store/postgres_migrate.hpp"
#include "store/postgres_primary.hpp"
#include "store/postgres_runs.hpp"
#include "store/tenant_changes.hpp"

namespace contactd::store {
namespace {

/// Parts of a count (`Dialect::counts_have_shards`): the more, the less writers wait for each other, and the more rows
/// a count has to add up.
constexpr unsigned count_shards = 16;

}  // namespace

std::unique_ptr<KnowingConnection> ReadConnections::take() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [&] { return !idle_.empty(); });
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void ReadConnections::give_back(std::unique_ptr<KnowingConnection> connection) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

PostgresEngine::PostgresEngine(StoreSettings settings)
    : postgres_(std::move(*settings.postgres)),
      wrap_(std::move(settings.wrap)),
      queue_requests_max_(settings.writer.queue_requests_max) {
  postgres_.options.primary = std::make_shared<PostgresPrimary>();
  prepare(settings);
  const unsigned writers = std::max(1U, postgres_.connections / 2);
  const unsigned lanes = std::max(1U, postgres_.connections / 4);
  const unsigned readers = std::max(1U, postgres_.connections - std::min(postgres_.connections, writers + lanes));
  const unsigned first_shard = std::random_device{}() % count_shards;
  for (unsigned i = 0; i < readers; ++i) read_connections_.give_back(make_connection(0));
  for (unsigned i = 0; i < writers; ++i) {
    writings_.push_back({make_connection((first_shard + i) % count_shards), settings.stamps});
  }
  long_reads_ = std::make_unique<LongReads>(LongReadSettings{readers, settings.long_read_queue_max});
  short_reads_ = std::make_unique<SharedReads>(postgres_.options, SharedReadSettings{.lanes = lanes, .wrap = wrap_});
  for (Writing& writing : writings_) write_threads_.emplace_back([this, &writing] { write_loop(writing); });
}

PostgresEngine::~PostgresEngine() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_all();
  for (std::thread& thread : write_threads_) thread.join();
  short_reads_.reset();
  long_reads_.reset();
}

void PostgresEngine::prepare(const StoreSettings& settings) {
  require_fitting_schema(postgres_, settings.migrate_command, settings.on_progress);
  try {
    cursor_secret_ = load_or_make_secret(*make_postgres_connection(postgres_.options), "cursor");
  } catch (const StoreError& error) {
    throw std::runtime_error("the database cannot be used: " + std::string(error.what()));
  }
}

std::unique_ptr<KnowingConnection> PostgresEngine::make_connection(std::int64_t shard) const {
  auto made = std::make_unique<KnowingConnection>();
  PostgresOptions options = postgres_.options;
  options.shard = shard;
  options.on_open = [&tenants = made->tenants] { tenants.clear(); };
  made->connection = make_postgres_connection(options);
  if (wrap_) made->connection = wrap_(std::move(made->connection));
  return made;
}

void PostgresEngine::read(const Caller& caller, FunctionRef<void(Session&)> work) {
  struct Lease {
    ReadConnections& connections;
    std::unique_ptr<KnowingConnection> at;
    ~Lease() { connections.give_back(std::move(at)); }
  };
  const Lease lease{read_connections_, read_connections_.take()};
  Connection& connection = *lease.at->connection;
  run_some_times(connection, [&] {
    connection.begin_read();
    Session session(connection, caller, number_of(connection, lease.at->tenants, caller.tenant));
    work(session);
    connection.commit();
  });
}

void PostgresEngine::read_later(Caller caller, ReadLength length, std::function<void(Session&)> work,
                                std::function<void(std::exception_ptr)> done) {
  if (length == ReadLength::is_short) {
    if (!short_reads_->submit({caller, std::move(work), std::move(done)})) refuse_overload();
    return;
  }
  const std::string tenant(caller.tenant);
  const bool taken = long_reads_->submit(tenant, [this, caller, work = std::move(work), done = std::move(done)] {
    std::exception_ptr error;
    try {
      read(caller, work);
    } catch (...) {
      error = std::current_exception();
    }
    done(error);
  });
  if (!taken) refuse_overload();
}

void PostgresEngine::write_later(WriteJob job) {
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= queue_requests_max_ || stopping_) refuse_overload();
    queue_.push_back(std::move(job));
    waiting_.store(queue_.size(), std::memory_order_relaxed);
  }
  arrived_.notify_one();
}

void PostgresEngine::write_loop(Writing& writing) {
  for (;;) {
    WriteJob job;
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      job = std::move(queue_.front());
      queue_.pop_front();
      waiting_.store(queue_.size(), std::memory_order_relaxed);
    }
    run_write(writing, job);
  }
}

void PostgresEngine::run_write(Writing& writing, WriteJob& job) {
  std::exception_ptr outcome;
  try {
    run_some_times(*writing.at->connection, [&] { write_once(writing, job); });
  } catch (...) {
    outcome = std::current_exception();
  }
  job.done(outcome);
}

void PostgresEngine::write_once(Writing& writing, WriteJob& job) {
  Connection& connection = *writing.at->connection;
  connection.begin_write();
  WriteSession session(connection, job.caller, writing.stamps, writing.at->tenants);
  job.run(session);
  note_change(session);
  connection.commit();
  TenantNumbers& tenants = writing.at->tenants;
  if (!tenants.find(job.caller.tenant)) tenants.keep(job.caller.tenant, session.tenant_number());
}

}  // namespace contactd::store
