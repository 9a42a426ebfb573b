// The seam between the queries and the engines: a connection runs a statement with values and gives rows.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/function_ref.hpp"

namespace contactd::store {

/// A value for a statement. Texts are views: they must live until the statement has run.
using Value = std::variant<std::monostate, std::int64_t, std::string_view>;

/// One row of an answer; valid only while it is visited.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  /// Of NULL: a view of nothing, whose data() is null.
  virtual std::string_view text(int column) const = 0;
};

/// Gives false to have no further rows.
using RowVisitor = FunctionRef<bool(const Row&)>;

/// What went wrong with an engine, by what it means for the requests that were running.
class StoreError : public std::runtime_error {
 public:
  enum class Kind {
    full,      ///< No room: 507. Nothing was changed.
    busy,      ///< A lock was not had in time, or the server has no room: 503.
    away,      ///< No server can be had, or it says nothing: 503.
    lost,      ///< Writing could not be confirmed (fsync): nothing more may be acknowledged.
    conflict,  ///< A constraint of the schema said no.
    unfit,     ///< A value that the engine does not take there: 503.
    again,     ///< Others were in the way, or the connection went before anything was kept: another run may do better.
    unknown,   ///< The connection went while it committed: nobody here knows whether it was kept.
    damaged,   ///< What is on disk contradicts itself: 503.
    foreign,   ///< That is no store at all: 503.
    other,     ///< Everything else: 503.
  };
  StoreError(Kind what_kind, const std::string& message) : std::runtime_error(message), kind(what_kind) {}
  Kind kind;
};

/// A SELECT of single rows by their ids. `$1` is the tenant, the first column the id. It lives as long as the program:
/// who asks the same is known by its address.
struct SelectById {
  std::string one;      ///< `$2` is an id.
  std::string several;  ///< `$2` is an array of ids; empty for an engine that has none.
};

struct Dialect;

/// Not thread-safe: one thread at a time. Statements are prepared once per connection and kept.
class Connection {
 public:
  virtual ~Connection() = default;

  /// Runs one statement; `$1`, `$2` … stand for the values. Gives the number of rows that it changed.
  /// Throws StoreError.
  virtual std::int64_t run(std::string_view sql, std::span<const Value> values, RowVisitor visit) = 0;
  std::int64_t run(std::string_view sql, std::span<const Value> values = {}) {
    return run(sql, values, [](const Row&) { return true; });
  }
  /// Runs a statement of which nothing is awaited but that it stands: an engine far away may have it on its way while
  /// others follow. What is wrong with it is thrown here, by a later statement, or by `commit`.
  virtual void send(std::string_view sql, std::span<const Value> values) { run(sql, values); }
  /// Visits the rows that have these ids, in the order of the ids. An engine far away is asked for all of them at once,
  /// and for those that others on this connection wait for.
  virtual void run_by_id(const SelectById& select, std::int64_t tenant, std::span<const std::string_view> ids,
                         RowVisitor visit);
  /// Several statements without values, one behind the other (schema).
  virtual void run_script(const std::string& sql) = 0;

  virtual void begin_read() = 0;   ///< What follows sees one snapshot.
  virtual void begin_write() = 0;  ///< Of an engine with one writer: takes its lock at once.
  virtual void commit() = 0;       ///< When it returns, what was written is on disk.
  virtual void rollback() = 0;     ///< Harmless when nothing is open.
  /// False after the engine itself rolled back (a full disk does that).
  virtual bool in_transaction() const = 0;
  /// The names of all tables and indexes that are there, and of what else shares their names; none of the engine's own.
  virtual std::vector<std::string> objects() = 0;
  /// Moves the log into the database when it has grown; only ever called on the writer, between transactions. A writer
  /// that is `busy` lets it grow further: pages that are written again and again then move once. One that is not moves
  /// it in small pieces, so that nobody waits for long.
  virtual void checkpoint_if_due(bool busy) = 0;

  /// Where its SQL differs from that of the other engine.
  virtual const Dialect& dialect() const = 0;
  /// The tenant on whose behalf the rest of the transaction runs, for an engine that guards rows itself.
  virtual void enter_tenant(std::int64_t) {}
  /// Of what many add to, this connection's own part (`Dialect::counts_have_shards`).
  virtual std::int64_t shard() const { return 0; }
  /// Outside a transaction: the next one begins on a server that is looked for anew, for an engine that is far away.
  virtual void find_server_anew() {}
};

inline void Connection::run_by_id(const SelectById& select, std::int64_t tenant, std::span<const std::string_view> ids,
                                  RowVisitor visit) {
  bool goes_on = true;
  for (std::size_t i = 0; i < ids.size() && goes_on; ++i) {
    const Value values[] = {tenant, ids[i]};
    run(select.one, values, [&](const Row& row) { return goes_on = visit(row); });
  }
}

}  // namespace contactd::store
