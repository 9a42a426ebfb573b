// Group commit: no answer before COMMIT has returned, no neighbour fails for another's fault.
#include "store/writer.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace contactd::store {
namespace {

/// A writer that finds so many waiting at once, time and again, is busy.
constexpr double busy_group_requests = 24;
/// What the latest group weighs in the mean.
constexpr double latest_weight = 1.0 / 16;

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, StampSource stamps, WriterSettings settings)
    : connection_(std::move(connection)), stamps_(std::move(stamps)), settings_(std::move(settings)) {
  thread_ = std::thread([this] { loop(); });
}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_all();
  thread_.join();
}

bool Writer::submit(WriteJob job) {
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= settings_.queue_requests_max || stopping_) return false;
    queue_.push_back(std::move(job));
    waiting_.store(queue_.size(), std::memory_order_relaxed);
  }
  arrived_.notify_one();
  return true;
}

void Writer::loop() {
  std::vector<WriteJob> group;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
    }
    join_waiting(group);
    run_group(group);
    const bool busy = is_busy(group.size());
    group.clear();
    try {
      connection_->checkpoint_if_due(busy);
    } catch (...) {
      guard_against_loss(std::current_exception());  // anything less will be tried again after the next group
    }
  }
}

bool Writer::is_busy(std::size_t group_requests) {
  group_requests_mean_ += (static_cast<double>(group_requests) - group_requests_mean_) * latest_weight;
  return group_requests_mean_ >= busy_group_requests;
}

bool Writer::join_waiting(std::vector<WriteJob>& group) {
  const std::lock_guard lock(mutex_);
  const auto count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), settings_.group_requests_max - group.size()));
  std::move(queue_.begin(), queue_.begin() + count, std::back_inserter(group));
  queue_.erase(queue_.begin(), queue_.begin() + count);
  waiting_.store(queue_.size(), std::memory_order_relaxed);
  return count > 0;
}

void Writer::run_group(std::vector<WriteJob>& group) {
  Outcomes outcomes;
  std::exception_ptr group_error;
  SearchChanges changes;
  try {
    connection_->begin_write();
    // Those that arrive meanwhile join, until none is waiting: fewer commits, and nobody waits for two.
    while (!group_error && (outcomes.size() < group.size() || join_waiting(group))) {
      WriteJob& job = group[outcomes.size()];
      if (!run_job(job, outcomes.emplace_back(), changes)) group_error = outcomes.back();
    }
    if (!group_error) {
      changes.write(*connection_);
      connection_->commit();
      commits_.fetch_add(1, std::memory_order_release);
      for (const WriteJob& job : group) changes_.move(job.caller.tenant);
      for (const auto& [tenant, number] : tenants_of_group_) tenants_.keep(tenant, number);
    }
  } catch (...) {
    group_error = std::current_exception();
  }
  tenants_of_group_.clear();
  if (group_error) {
    guard_against_loss(group_error);
    try {
      connection_->rollback();
    } catch (...) {
      guard_against_loss(std::current_exception());
    }
    outcomes.assign(group.size(), group_error);
  }
  for (std::size_t i = 0; i < group.size(); ++i) group[i].done(outcomes[i]);
}

bool Writer::run_job(WriteJob& job, std::exception_ptr& outcome, SearchChanges& changes) {
  connection_->run("SAVEPOINT request");
  try {
    WriteSession session(*connection_, job.caller, stamps_, tenants_);
    job.run(session);
    connection_->run("RELEASE request");
    changes.join(std::move(session.search_changes()));
    if (!tenants_.find(job.caller.tenant)) tenants_of_group_.emplace_back(job.caller.tenant, session.tenant_number());
    return true;
  } catch (...) {
    outcome = std::current_exception();
  }
  guard_against_loss(outcome);
  if (!connection_->in_transaction()) return false;
  connection_->run("ROLLBACK TO request");
  connection_->run("RELEASE request");
  return true;
}

void Writer::guard_against_loss(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const StoreError& store_error) {
    if (store_error.kind != StoreError::Kind::lost) return;
    if (settings_.on_lost) settings_.on_lost(store_error.what());
    std::fprintf(stderr, "the store could not confirm a write and stops: %s\n", store_error.what());
    std::_Exit(EXIT_FAILURE);
  } catch (...) {
  }
}

}  // namespace contactd::store
