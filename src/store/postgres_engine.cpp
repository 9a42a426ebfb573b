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

PostgresEngine::PostgresEngine(StoreSettings settings)
    : postgres_(std::move(*settings.postgres)),
      wrap_(settings.wrap),
      queue_requests_max_(settings.writer.queue_requests_max) {
  postgres_.options.primary = std::make_shared<PostgresPrimary>();
  prepare(settings);
  const unsigned writers = std::max(1U, postgres_.connections / 2);
  const unsigned lanes = std::max(1U, postgres_.connections / 4);
  const unsigned readers = std::max(1U, postgres_.connections - std::min(postgres_.connections, writers + lanes));
  const unsigned first_shard = std::random_device{}() % count_shards;
  for (unsigned i = 0; i < readers; ++i) read_connections_.add(make_connection(0));
  for (unsigned i = 0; i < writers; ++i) {
    writings_.push_back({make_connection((first_shard + i) % count_shards), settings.stamps});
  }
  if (!postgres_.replica_url.empty()) replicas_ = std::make_unique<ReplicaReads>(postgres_, readers, settings);
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
  PostgresOptions options = postgres_.options;
  options.shard = shard;
  return make_knowing_connection(std::move(options), wrap_);
}

void PostgresEngine::read(const Caller& caller, FunctionRef<void(Session&)> work) {
  const ReadConnections::Lease lease(read_connections_);
  read_on(*lease, caller, runs_max, work);
}

void PostgresEngine::read_at_length(const Caller& caller, ReadLength length, FunctionRef<void(Session&)> work) {
  if (replicas_ && length == ReadLength::is_long && replicas_->read(caller, read_connections_, work)) return;
  read(caller, work);
}

std::optional<ReplicaReadCounts> PostgresEngine::replica_reads() const {
  if (!replicas_) return std::nullopt;
  return replicas_->counts();
}

void PostgresEngine::read_later(Caller caller, ReadLength length, std::function<void(Session&)> work,
                                std::function<void(std::exception_ptr)> done) {
  if (length == ReadLength::is_short) {
    if (!short_reads_->submit({caller, std::move(work), std::move(done)})) refuse_overload();
    return;
  }
  const std::string tenant(caller.tenant);
  const bool taken =
      long_reads_->submit(tenant, [this, caller, length, work = std::move(work), done = std::move(done)] {
        std::exception_ptr error;
        try {
          read_at_length(caller, length, work);
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
    run_some_times(*writing.at->connection, runs_max, [&] { write_once(writing, job); });
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
