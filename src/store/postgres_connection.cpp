// Keeping account of what has been sent and what the server still owes.
#include "store/postgres_connection.hpp"

#include <libpq-fe.h>

#include <charconv>
#include <utility>

#include "store/dialect.hpp"
#include "store/postgres_errors.hpp"
#include "store/postgres_row.hpp"
#include "store/postgres_rows_by_id.hpp"
#include "store/postgres_values.hpp"

namespace contactd::store {
namespace {

/// Statements that are kept prepared; when there are more, all are forgotten.
constexpr std::size_t statements_max = 500;
/// Statements that may be on their way without anything being waited for.
constexpr std::size_t unsynced_max = 100;

bool is_good(const pg_result* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

bool is_skipped(const pg_result* result) {
  return PQresultStatus(result) == PGRES_PIPELINE_ABORTED;
}

}  // namespace

std::int64_t PostgresConnection::run(std::string_view sql, std::span<const Value> values, RowVisitor visit) {
  ask(sql, values);
  const PostgresResult result = std::move(answers().back());
  visit_rows(result.get(), visit);
  const std::string_view changed = PQcmdTuples(result.get());
  std::int64_t count = 0;
  std::from_chars(changed.data(), changed.data() + changed.size(), count);
  return count;
}

void PostgresConnection::send(std::string_view sql, std::span<const Value> values) {
  begin_if_due();
  put(sql, values);
  if (++unsynced_ < unsynced_max) return;
  sync();
  settle();
}

void PostgresConnection::run_by_id(const SelectById& select, std::int64_t tenant, std::span<const std::string_view> ids,
                                   RowVisitor visit) {
  if (ids.empty()) return;
  ask_by_id(select, tenant, ids);
  RowsById(std::move(answers().back())).visit(ids, visit);
}

void PostgresConnection::run_script(const std::string& sql) {
  begin_if_due();
  sync();
  settle();
  if (PQexitPipelineMode(link_.connection()) != 1) link_.lose("the pipeline could not be left");
  PQsetnonblocking(link_.connection(), 0);
  const PostgresResult result(PQexec(link_.connection(), sql.c_str()));
  PQsetnonblocking(link_.connection(), 1);
  if (PQenterPipelineMode(link_.connection()) != 1) link_.lose("no pipeline mode");
  if (!is_good(result.get())) throw error_of(result.get());
}

void PostgresConnection::ask(std::string_view sql, std::span<const Value> values) {
  begin_if_due();
  put(sql, values, Owed::What::asked);
}

void PostgresConnection::ask_by_id(const SelectById& select, std::int64_t tenant,
                                   std::span<const std::string_view> ids) {
  const bool is_one = ids.size() == 1;
  const std::string several = is_one ? "" : array_bytes(ids);
  const Value values[] = {tenant, is_one ? ids.front() : several};
  ask(is_one ? select.one : select.several, values);
}

std::vector<PostgresResult> PostgresConnection::answers() {
  sync();
  settle();
  return std::exchange(answers_, {});
}

void PostgresConnection::begin_read() {
  begin("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", true);
}

void PostgresConnection::begin_write() {
  begin("BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE", false);
}

void PostgresConnection::commit() {
  if (is_begun_ && reads_only_) return end("COMMIT");
  if (is_begun_) commit_and_wait();
  in_transaction_ = is_begun_ = false;
}

void PostgresConnection::rollback() {
  end("ROLLBACK");
}

std::vector<std::string> PostgresConnection::objects() {
  std::vector<std::string> names;
  run("SELECT relname FROM pg_class WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = "
      "current_schema()) AND relkind <> 't'",
      {}, [&](const Row& row) {
        names.emplace_back(row.text(0));
        return true;
      });
  return names;
}

const Dialect& PostgresConnection::dialect() const {
  return postgres_dialect();
}

void PostgresConnection::begin(std::string_view sql, bool reads_only) {
  // A pooler gives the server's connection to another client as soon as it hears that a transaction has ended, also
  // when it has had the first bytes of the next one from us: none may be on their way then.
  if (!options_.prepared_statements) settle();
  if (link_.is_superseded()) close();
  if (!link_.is_open()) open();
  beginning_ = sql;
  reads_only_ = reads_only;
  in_transaction_ = true;
  is_begun_ = false;
  tenant_.reset();
}

void PostgresConnection::begin_if_due() {
  if (!link_.is_open()) {
    if (in_transaction_) throw StoreError(StoreError::Kind::again, "the connection to the database was lost");
    open();
  }
  if (!in_transaction_) return;
  if (!is_begun_) {
    if (statements_.size() >= statements_max) forget_statements();
    put(beginning_, {});
    is_begun_ = true;
    tenant_of_server_.reset();
  }
  if (!tenant_ || tenant_ == tenant_of_server_) return;
  tenant_of_server_ = tenant_;
  const std::string number = std::to_string(*tenant_);
  const Value values[] = {std::string_view(number)};
  put("SELECT set_config('contactd.tenant', $1, true)", values);
}

void PostgresConnection::open() {
  statements_.clear();
  owed_.clear();
  answers_.clear();
  unsynced_ = 0;
  link_.open();
  if (options_.on_open) options_.on_open();
}

void PostgresConnection::put(std::string_view sql, std::span<const Value> values, Owed::What what) {
  const PostgresValues bound(values);
  int sent = 0;
  if (options_.prepared_statements) {
    const std::string& name = prepared(sql);
    sent = PQsendQueryPrepared(link_.connection(), name.c_str(), bound.size(), bound.texts(), bound.lengths(),
                               bound.formats(), 0);
  } else {
    sent = PQsendQueryParams(link_.connection(), std::string(sql).c_str(), bound.size(), nullptr, bound.texts(),
                             bound.lengths(), bound.formats(), 0);
  }
  if (sent != 1) lose("a statement could not be sent");
  owed_.push_back({what});
}

const std::string& PostgresConnection::prepared(std::string_view sql) {
  if (const auto known = statements_.find(sql); known != statements_.end()) return known->second.name;
  auto text = std::make_unique<std::string>(sql);
  const std::string_view key = *text;
  const std::string name = "s" + std::to_string(++last_name_);
  if (PQsendPrepare(link_.connection(), name.c_str(), text->c_str(), 0, nullptr) != 1) {
    lose("a statement could not be sent");
  }
  owed_.push_back({Owed::What::preparing, key});
  return statements_.emplace(key, Kept{std::move(text), name}).first->second.name;
}

void PostgresConnection::forget_statements() {
  statements_.clear();
  if (PQsendQueryParams(link_.connection(), "DEALLOCATE ALL", 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) {
    lose("a statement could not be sent");
  }
  owed_.push_back({Owed::What::statement});
  sync();  // it is no part of what begins now
}

void PostgresConnection::sync() {
  if (PQpipelineSync(link_.connection()) != 1) lose("a statement could not be sent");
  owed_.push_back({Owed::What::sync});
  unsynced_ = 0;
}

/// Takes all that the server owes; throws the first error.
void PostgresConnection::settle() {
  std::optional<StoreError> error;
  while (!owed_.empty()) {
    const Owed owed = owed_.front();
    PostgresResult result = next();
    owed_.pop_front();
    if (owed.what == Owed::What::sync) continue;
    if (!is_good(result.get()) && note_result(owed, result.get(), error)) {
      close();
      break;
    }
    next();  // the null that ends a statement
    if (owed.what == Owed::What::asked) answers_.push_back(std::move(result));
  }
  if (!error) return;
  answers_.clear();
  throw *error;
}

bool PostgresConnection::note_result(const Owed& owed, const pg_result* result, std::optional<StoreError>& error) {
  if (owed.what == Owed::What::preparing) statements_.erase(owed.prepared);
  const bool ends = ends_connection(sqlstate_of(result));
  if (!error && !is_skipped(result) && (owed.matters || ends)) error = error_of(result);
  return ends && !is_skipped(result);
}

PostgresResult PostgresConnection::next() {
  try {
    return link_.next();
  } catch (const StoreError&) {
    close();
    throw;
  }
}

/// Together with what is still on its way: what is wrong with that keeps the server from committing. When nothing comes
/// back, nobody knows what became of it.
void PostgresConnection::commit_and_wait() {
  PostgresResult result;
  try {
    put("COMMIT", {}, Owed::What::asked);
    link_.take_warning();
    result = std::move(answers().back());
  } catch (const StoreError& error) {
    if (link_.is_open()) throw;  // the server has said no
    throw StoreError(StoreError::Kind::unknown, error.what());
  }
  if (std::string_view(PQcmdStatus(result.get())) != "COMMIT") {
    throw StoreError(StoreError::Kind::again, "the database has rolled back");
  }
  // A commit that was cut short while it waited for the standbys is reported so.
  if (link_.take_warning()) throw StoreError(StoreError::Kind::unknown, "the database has warned about a commit");
}

/// Ends the transaction. What a write has held is free for whoever hears of its end; a read does not wait, and what the
/// server says to that is taken with the next answer.
void PostgresConnection::end(std::string_view sql) {
  const bool is_begun = std::exchange(is_begun_, false);
  in_transaction_ = false;
  if (!is_begun || !link_.is_open()) return;
  try {
    if (!owed_.empty()) sync();  // else an error in what is on its way would take this with it
    put(sql, {});
    sync();
    for (Owed& each : owed_) {
      each.matters = false;
      if (each.what == Owed::What::asked) each.what = Owed::What::statement;
    }
    reads_only_ ? link_.flush() : settle();
  } catch (const StoreError&) {
    close();  // which ends it as well
  }
}

void PostgresConnection::lose(const std::string& why) {
  close();
  throw StoreError(StoreError::Kind::again, why);
}

void PostgresConnection::close() {
  link_.close();
  owed_.clear();
  answers_.clear();
}

std::unique_ptr<Connection> make_postgres_connection(const PostgresOptions& options) {
  return std::make_unique<PostgresConnection>(options);
}

}  // namespace contactd::store
