// The Connection of PostgreSQL. What is sent without waiting goes to the server together with the next statement that
// is waited for: the beginning of a transaction, the tenant, statements whose results nobody needs.
#include "store/postgres.hpp"

#include <libpq-fe.h>

#include <deque>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "store/dialect.hpp"
#include "store/postgres_errors.hpp"
#include "store/postgres_link.hpp"
#include "store/postgres_row.hpp"
#include "store/postgres_values.hpp"

namespace contactd::store {
namespace {

class PostgresConnection final : public Connection {
 public:
  explicit PostgresConnection(const PostgresOptions& options) : options_(options), link_(options_) {}

  std::int64_t run(std::string_view sql, std::span<const Value> values, RowVisitor visit) override {
    put(sql, values);
    sync();
    const PostgresResult result = settle();
    PostgresRow row(result.get());
    for (int i = 0; i < PQntuples(result.get()); ++i) {
      row.go_to(i);
      if (!visit(row)) break;
    }
    const std::string_view changed = PQcmdTuples(result.get());
    std::int64_t count = 0;
    std::from_chars(changed.data(), changed.data() + changed.size(), count);
    return count;
  }
  void send(std::string_view sql, std::span<const Value> values) override {
    put(sql, values);
    if (++unsynced_ < unsynced_max) return;
    sync();
    settle();
  }

  void run_script(const std::string& sql) override {
    begin_if_due();
    sync();
    settle();
    if (PQexitPipelineMode(link_.connection()) != 1) link_.lose("the pipeline could not be left");
    PQsetnonblocking(link_.connection(), 0);
    const PostgresResult result(PQexec(link_.connection(), sql.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    PQsetnonblocking(link_.connection(), 1);
    if (PQenterPipelineMode(link_.connection()) != 1) link_.lose("no pipeline mode");
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw error_of(result.get());
  }

  void begin_read() override { begin("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", true); }
  void begin_write() override { begin("BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE", false); }
  void commit() override {
    if (is_begun_ && reads_only_) return end("COMMIT");
    if (is_begun_) commit_and_wait();
    in_transaction_ = is_begun_ = false;
  }
  void rollback() override { end("ROLLBACK"); }
  bool in_transaction() const override { return in_transaction_; }
  std::vector<std::string> objects() override {
    std::vector<std::string> names;
    run("SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'i')",
        {}, [&](const Row& row) {
          names.emplace_back(row.text(0));
          return true;
        });
    return names;
  }
  void checkpoint_if_due(bool) override {}

  const Dialect& dialect() const override { return postgres_dialect(); }
  void enter_tenant(std::int64_t tenant) override {
    tenant_ = tenant;
    is_tenant_set_ = !in_transaction_;
  }
  std::int64_t shard() const override { return options_.shard; }

 private:
  /// What the server still owes.
  struct Owed {
    enum class What { statement, preparing, sync };
    What what;
    std::string_view prepared = {};  ///< The text of the statement that is being prepared.
    bool matters = true;             ///< Its error; not that of a transaction which has ended.
  };

  void begin(std::string_view sql, bool reads_only) {
    if (!link_.is_open()) open();
    beginning_ = sql;
    reads_only_ = reads_only;
    in_transaction_ = true;
    is_begun_ = false;
    is_tenant_set_ = true;  // there is none yet
  }

  void begin_if_due() {
    if (!link_.is_open()) {
      if (in_transaction_) throw StoreError(StoreError::Kind::again, "the connection to the database was lost");
      open();
    }
    if (in_transaction_ && !is_begun_) {
      if (statements_.size() >= statements_max) forget_statements();
      put_plainly(beginning_, {});
      is_begun_ = true;
    }
    if (is_tenant_set_) return;
    is_tenant_set_ = true;
    const std::string number = std::to_string(tenant_);
    const Value values[] = {std::string_view(number)};
    put_plainly("SELECT set_config('contactd.tenant', $1, true)", values);
  }

  void open() {
    statements_.clear();
    owed_.clear();
    unsynced_ = 0;
    link_.open();
    if (options_.on_open) options_.on_open();
  }

  void put(std::string_view sql, std::span<const Value> values) {
    begin_if_due();
    put_plainly(sql, values);
  }

  void put_plainly(std::string_view sql, std::span<const Value> values) {
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
    owed_.push_back({Owed::What::statement});
  }

  const std::string& prepared(std::string_view sql) {
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

  void forget_statements() {
    statements_.clear();
    if (PQsendQueryParams(link_.connection(), "DEALLOCATE ALL", 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) {
      lose("a statement could not be sent");
    }
    owed_.push_back({Owed::What::statement});
    sync();  // it is no part of what begins now
  }

  void sync() {
    if (PQpipelineSync(link_.connection()) != 1) lose("a statement could not be sent");
    owed_.push_back({Owed::What::sync});
    unsynced_ = 0;
  }

  /// Takes all that the server owes; gives the last statement's result, or throws the first error.
  PostgresResult settle() {
    PostgresResult last;
    std::optional<StoreError> error;
    while (!owed_.empty()) {
      const Owed owed = owed_.front();
      PostgresResult result = next();
      owed_.pop_front();
      if (owed.what == Owed::What::sync) continue;
      const ExecStatusType status = PQresultStatus(result.get());
      const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
      if (!good && owed.what == Owed::What::preparing) statements_.erase(owed.prepared);
      const bool ends = !good && ends_connection(sqlstate_of(result.get()));
      if (!good && !error && status != PGRES_PIPELINE_ABORTED && (owed.matters || ends)) {
        error = error_of(result.get());
      }
      if (ends && status != PGRES_PIPELINE_ABORTED) {
        close();
        break;
      }
      next();  // the null that ends a statement
      if (owed.what == Owed::What::statement) last = std::move(result);
    }
    if (error) throw *error;
    return last;
  }

  PostgresResult next() {
    try {
      return link_.next();
    } catch (const StoreError&) {
      close();
      throw;
    }
  }

  /// Together with what is still on its way: what is wrong with that keeps the server from committing. When nothing
  /// comes back, nobody knows what became of it.
  void commit_and_wait() {
    PostgresResult result;
    try {
      put_plainly("COMMIT", {});
      sync();
      link_.take_warning();
      result = settle();
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

  /// Ends the transaction without waiting: what the server says to that is taken with the next answer.
  void end(std::string_view sql) {
    const bool is_begun = std::exchange(is_begun_, false);
    in_transaction_ = false;
    if (!is_begun || !link_.is_open()) return;
    try {
      if (!owed_.empty()) sync();  // else an error in what is on its way would take this with it
      put_plainly(sql, {});
      sync();
      for (Owed& each : owed_) each.matters = false;
      link_.flush();
    } catch (const StoreError&) {
      close();  // which ends it as well
    }
  }

  [[noreturn]] void lose(const std::string& why) {
    close();
    throw StoreError(StoreError::Kind::again, why);
  }
  void close() {
    link_.close();
    owed_.clear();
  }

  static constexpr std::size_t statements_max = 500;
  static constexpr std::size_t unsynced_max = 100;
  struct Kept {
    std::unique_ptr<std::string> text;  // the key's bytes
    std::string name;
  };
  PostgresOptions options_;
  PostgresLink link_;
  std::unordered_map<std::string_view, Kept> statements_;
  std::uint64_t last_name_ = 0;
  std::deque<Owed> owed_;
  std::size_t unsynced_ = 0;  // statements that nothing was asked behind
  std::string_view beginning_;
  bool reads_only_ = false;
  bool in_transaction_ = false;
  bool is_begun_ = false;  // on the server
  std::int64_t tenant_ = 0;
  bool is_tenant_set_ = true;
};

}  // namespace

std::unique_ptr<Connection> make_postgres_connection(const PostgresOptions& options) {
  return std::make_unique<PostgresConnection>(options);
}

}  // namespace contactd::store
