// The reads of a lane take turns on its thread; all that they have asked goes to the server when each of them waits.
#include "store/read_lane.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "store/dialect.hpp"
#include "store/postgres_row.hpp"
#include "store/postgres_runs.hpp"

namespace contactd::store {
namespace {

/// What kind of trouble with the store a piece of work ended with, if it was that.
std::optional<StoreError> trouble_of(const std::exception_ptr& outcome) {
  if (!outcome) return std::nullopt;
  try {
    std::rethrow_exception(outcome);
  } catch (const StoreError& error) {
    return error;
  } catch (...) {
    return std::nullopt;
  }
}

/// Whoever asked hears of the end, unless that was trouble with the store: another run may do better.
void tell_end(ReadOfLane& reader) {
  if (reader.fiber.is_running() || trouble_of(reader.outcome)) return;
  std::exchange(reader.read, nullptr)->done(reader.outcome);
}

PostgresOptions with_tenants(PostgresOptions options, TenantNumbers& tenants) {
  options.on_open = [&tenants] { tenants.clear(); };
  return options;
}

}  // namespace

void ReadOfLane::refuse() {
  throw std::logic_error("a read that shares its transaction was to do what only the lane may");
}

const Dialect& ReadOfLane::dialect() const {
  return postgres_dialect();
}

std::int64_t ReadOfLane::run(std::string_view sql, std::span<const Value> values, RowVisitor visit) {
  if (!failure) lane_.ask(*this, tenant_, sql, values);
  wait_for_rows();
  const PostgresResult mine = std::move(rows);
  visit_rows(mine.get(), visit);
  return 0;  // a read changes nothing
}

void ReadOfLane::run_by_id(const SelectById& select, std::int64_t tenant, std::span<const std::string_view> ids,
                           RowVisitor visit) {
  if (ids.empty()) return;
  if (!failure) lane_.ask_by_id(*this, select, tenant, ids);
  wait_for_rows();
  const auto mine = std::move(rows_by_id);
  mine->visit(ids, visit);
}

void ReadOfLane::wait_for_rows() {
  if (!failure) fiber.wait();
  if (failure) throw StoreError(*failure);
}

ReadLane::ReadLane(PostgresOptions options, const SharedReadSettings& settings, std::atomic<std::uint64_t>& run_again)
    : connection_(with_tenants(std::move(options), tenants_)), run_again_(run_again) {
  for (std::size_t i = 0; i < reads_max; ++i) {
    auto reader = std::make_unique<ReadOfLane>(*this);
    ReadOfLane* const at = reader.get();
    std::unique_ptr<Connection> connection = std::move(reader);
    places_.push_back({settings.wrap ? settings.wrap(std::move(connection)) : std::move(connection), at});
  }
}

void ReadLane::ask(ReadOfLane& reader, std::optional<std::int64_t> tenant, std::string_view sql,
                   std::span<const Value> values) {
  if (tenant) connection_.enter_tenant(*tenant);
  connection_.ask(sql, values);
  asked_.push_back(&reader);
}

void ReadLane::ask_by_id(ReadOfLane& reader, const SelectById& select, std::int64_t tenant,
                         std::span<const std::string_view> ids) {
  auto place = std::find_if(gathered_.begin(), gathered_.end(),
                            [&](const Gathered& each) { return each.select == &select && each.tenant == tenant; });
  if (place == gathered_.end()) place = gathered_.insert(place, {&select, tenant, {}, {}});
  place->ids.insert(place->ids.end(), ids.begin(), ids.end());
  place->readers.push_back(&reader);
}

void ReadLane::begin(Place& place) {
  place.reader->fiber.start([this, &place] {
    try {
      const Caller& caller = place.reader->read->caller;
      Session session(*place.connection, caller, number_of(*place.connection, tenants_, caller.tenant));
      place.reader->read->work(session);
    } catch (...) {
      place.reader->outcome = std::current_exception();
    }
  });
  tell_end(*place.reader);
}

void ReadLane::ask_gathered() {
  for (const Gathered& each : gathered_) {
    connection_.enter_tenant(each.tenant);
    connection_.ask_by_id(*each.select, each.tenant, each.ids);
  }
}

void ReadLane::go_on() {
  ask_gathered();
  const std::vector<ReadOfLane*> waiting = std::exchange(asked_, {});
  const std::vector<Gathered> gathered = std::exchange(gathered_, {});
  std::vector<PostgresResult> answers = connection_.answers();
  auto next = answers.begin();
  for (ReadOfLane* const reader : waiting) {
    reader->rows = std::move(*next++);
    resume(*reader);
  }
  for (const Gathered& each : gathered) {
    const auto rows = std::make_shared<const RowsById>(std::move(*next++));
    for (ReadOfLane* const reader : each.readers) {
      reader->rows_by_id = rows;
      resume(*reader);
    }
  }
}

void ReadLane::resume(ReadOfLane& reader) {
  reader.fiber.resume();
  tell_end(reader);
}

/// None may go on in a transaction that has ended, nor before its ids are forgotten.
void ReadLane::fail_all(const StoreError& error) {
  asked_.clear();
  gathered_.clear();
  for (Place& place : places_) {
    ReadOfLane& reader = *place.reader;
    if (reader.read == nullptr) continue;
    reader.failure = error;
    if (reader.fiber.is_running()) reader.fiber.resume();
    if (!reader.outcome) reader.outcome = std::make_exception_ptr(error);  // it had not begun
  }
}

void ReadLane::attempt(std::span<SharedRead> reads) {
  for (std::size_t i = 0; i < reads.size(); ++i) {
    ReadOfLane& reader = *places_[i].reader;
    reader.read = &reads[i];
    reader.outcome = nullptr;
    reader.failure.reset();
  }
  std::optional<StoreError> trouble;
  is_away_ = false;
  try {
    connection_.begin_read();
    for (std::size_t i = 0; i < reads.size(); ++i) begin(places_[i]);
    while (!asked_.empty() || !gathered_.empty()) go_on();
    connection_.commit();
  } catch (const StoreError& error) {
    trouble = error;  // no fiber may run while an exception is handled
    is_away_ = error.kind == StoreError::Kind::away;
  }
  if (!trouble) return;
  roll_back(connection_);
  fail_all(*trouble);
}

void ReadLane::run(std::span<SharedRead> reads) {
  attempt(reads);
  std::vector<SharedRead*> again;
  for (Place& place : places_) {
    SharedRead* const read = std::exchange(place.reader->read, nullptr);
    if (read == nullptr) continue;
    if (trouble_of(place.reader->outcome) && !is_away_) {
      again.push_back(read);
    } else {
      read->done(place.reader->outcome);
    }
  }
  run_again_ += again.size();
  for (SharedRead* read : again) run_alone(*read);
}

/// The trouble may have been another's, unless there was no server. So each has a run by itself, and more as often as
/// anybody has.
void ReadLane::run_alone(SharedRead& read) {
  ReadOfLane& reader = *places_.front().reader;
  for (int runs = 2; runs <= runs_max; ++runs) {
    pause_behind(runs - 1);
    attempt({&read, 1});
    if (reader.read == nullptr) return;  // told already
    if (!may_run_again(*trouble_of(reader.outcome))) break;
  }
  std::exchange(reader.read, nullptr)->done(reader.outcome);
}

}  // namespace contactd::store
