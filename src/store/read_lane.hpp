// A connection on which several reads go on at once, each in a fiber that waits for its rows.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <vector>

#include "store/fiber.hpp"
#include "store/postgres_rows_by_id.hpp"
#include "store/shared_reads.hpp"

namespace contactd::store {

class ReadLane;

/// The connection as one of the reads sees it. Its transaction is the lane's: it cannot begin or end one.
class ReadOfLane final : public Connection {
 public:
  explicit ReadOfLane(ReadLane& lane) : lane_(lane) {}

  std::int64_t run(std::string_view sql, std::span<const Value> values, RowVisitor visit) override;
  void run_by_id(const SelectById& select, std::int64_t tenant, std::span<const std::string_view> ids,
                 RowVisitor visit) override;
  void run_script(const std::string&) override { refuse(); }
  void begin_read() override { refuse(); }
  void begin_write() override { refuse(); }
  void commit() override { refuse(); }
  void rollback() override { refuse(); }
  bool in_transaction() const override { return true; }
  std::vector<std::string> objects() override { refuse(); }
  void checkpoint_if_due(bool) override {}
  const Dialect& dialect() const override;
  void enter_tenant(std::int64_t tenant) override { tenant_ = tenant; }

  Fiber fiber;
  PostgresResult rows;  ///< What the last statement gave, set by the lane before it resumes the fiber;
  std::shared_ptr<const RowsById> rows_by_id;  ///< of a statement by ids, whose rows may be others' too;
  std::optional<StoreError> failure;           ///< or why it gave nothing.
  std::exception_ptr outcome;                  ///< Of the work, when the fiber has ended.
  SharedRead* read = nullptr;                  ///< Who is still to be told of it.

 private:
  [[noreturn]] static void refuse();
  void wait_for_rows();
  ReadLane& lane_;
  std::optional<std::int64_t> tenant_;
};

class ReadLane {
 public:
  /// At once on one lane: each waits for what the others ask.
  static constexpr std::size_t reads_max = 32;

  /// `run_again`: of `SharedReads`.
  ReadLane(PostgresOptions options, const SharedReadSettings& settings, std::atomic<std::uint64_t>& run_again);

  /// Runs at most `reads_max`, and tells each of its end as soon as it is known. Does not throw.
  void run(std::span<SharedRead> reads);

  /// For a read of this lane: puts a statement on its way, on behalf of its tenant if it has one yet.
  void ask(ReadOfLane& reader, std::optional<std::int64_t> tenant, std::string_view sql, std::span<const Value> values);
  /// The same by ids: one statement for all who ask that of one tenant. The ids are the waiting fiber's, which must not
  /// go on before they are sent or forgotten.
  void ask_by_id(ReadOfLane& reader, const SelectById& select, std::int64_t tenant,
                 std::span<const std::string_view> ids);

 private:
  /// What is asked by id when each read waits.
  struct Gathered {
    const SelectById* select;
    std::int64_t tenant;
    std::vector<std::string_view> ids;
    std::vector<ReadOfLane*> readers;
  };
  struct Place {
    std::unique_ptr<Connection> connection;  // the reader, perhaps wrapped
    ReadOfLane* reader;
  };
  void begin(Place& place);
  void attempt(std::span<SharedRead> reads);
  void ask_gathered();
  void go_on();
  static void resume(ReadOfLane& reader);
  void fail_all(const StoreError& error);
  void run_alone(SharedRead& read);

  TenantNumbers tenants_;  // as the server at hand has told them
  PostgresConnection connection_;
  std::vector<Place> places_;
  std::vector<ReadOfLane*> asked_;  // in the order of their statements
  std::vector<Gathered> gathered_;  // behind them
  std::atomic<std::uint64_t>& run_again_;
  bool is_away_ = false;  // no server was to be had, or it said nothing
};

}  // namespace contactd::store
