// The Connection of PostgreSQL, with what its engine alone makes use of: several statements on their way at once.
#pragma once

#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

#include "store/postgres.hpp"
#include "store/postgres_link.hpp"

namespace contactd::store {

/// What is sent without waiting goes to the server together with the next statement that is waited for: the beginning
/// of a transaction, the tenant, statements whose results nobody needs.
class PostgresConnection final : public Connection {
 public:
  /// Opens nothing yet.
  explicit PostgresConnection(const PostgresOptions& options) : options_(options), link_(options_) {}

  using Connection::run;
  std::int64_t run(std::string_view sql, std::span<const Value> values, RowVisitor visit) override;
  void send(std::string_view sql, std::span<const Value> values) override;
  void run_by_id(const SelectById& select, std::int64_t tenant, std::span<const std::string_view> ids,
                 RowVisitor visit) override;
  void run_script(const std::string& sql) override;
  /// Sends a statement whose result `answers` gives. Throws StoreError.
  void ask(std::string_view sql, std::span<const Value> values);
  /// The same by ids; one that asks for a single row has `SelectById::one`.
  void ask_by_id(const SelectById& select, std::int64_t tenant, std::span<const std::string_view> ids);
  /// The results of what was asked since the last time, in that order. Throws the first error as a StoreError; then the
  /// transaction has ended, and its other statements have no results either.
  std::vector<PostgresResult> answers();

  void begin_read() override;
  void begin_write() override;
  void commit() override;
  void rollback() override;
  bool in_transaction() const override { return in_transaction_; }
  std::vector<std::string> objects() override;
  void checkpoint_if_due(bool) override {}

  const Dialect& dialect() const override;
  /// For the statements that follow in this transaction, until another enters.
  void enter_tenant(std::int64_t tenant) override { tenant_ = tenant; }
  std::int64_t shard() const override { return options_.shard; }
  void find_server_anew() override { close(); }

 private:
  /// What the server still owes.
  struct Owed {
    enum class What { statement, asked, preparing, sync };
    What what;
    std::string_view prepared = {};  ///< The text of the statement that is being prepared.
    bool matters = true;             ///< Its error; not that of a transaction which has ended.
  };
  struct Kept {
    std::unique_ptr<std::string> text;  // the key's bytes
    std::string name;
  };

  void open();
  void begin(std::string_view sql, bool reads_only);
  void begin_if_due();
  void put(std::string_view sql, std::span<const Value> values, Owed::What what = Owed::What::statement);
  const std::string& prepared(std::string_view sql);
  void forget_statements();
  void sync();
  void settle();
  /// Whether the connection is to be given up for that error.
  bool note_result(const Owed& owed, const pg_result* result, std::optional<StoreError>& error);
  PostgresResult next();
  void commit_and_wait();
  void end(std::string_view sql);
  void close();
  [[noreturn]] void lose(const std::string& why);

  PostgresOptions options_;
  PostgresLink link_;
  std::unordered_map<std::string_view, Kept> statements_;
  std::uint64_t last_name_ = 0;
  std::deque<Owed> owed_;
  std::vector<PostgresResult> answers_;
  std::size_t unsynced_ = 0;  // statements that nothing was asked behind
  std::string_view beginning_;
  bool reads_only_ = false;
  bool in_transaction_ = false;
  bool is_begun_ = false;  // on the server
  std::optional<std::int64_t> tenant_;
  std::optional<std::int64_t> tenant_of_server_;  // as this transaction has set it
};

}  // namespace contactd::store
