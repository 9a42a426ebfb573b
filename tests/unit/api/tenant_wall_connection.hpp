// A connection that notes each wall between tenants in the statements that run, and takes one of them away.
#pragma once

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "../../support/forwarding_connection.hpp"

namespace contactd::api {

/// The walls as they stand in statements: a condition on a table's rows, and the tenant's mark before the words of a
/// search.
inline constexpr std::string_view row_wall = "tenant_id = $1";
inline constexpr std::string_view search_wall = "$1 || char(10)";

/// One wall of one statement, by the statement's text and where in it the wall stands.
struct Mutant {
  std::string sql;
  std::size_t at;
  bool without_search_wall = false;  ///< The search's wall goes too.
  bool operator<(const Mutant& other) const { return std::tie(sql, at) < std::tie(other.sql, other.at); }
};

/// `contacts.tenant_id = $1` becomes `$1 = $1`, from the table's name on. A search cannot be without a mark: it gets
/// the other tenant's.
inline std::string mutated(const Mutant& mutant) {
  std::string changed = mutant.sql;
  const auto switch_mark = [&](std::size_t at) { changed.replace(at, 2, "(3 - $1)"); };
  if (changed.compare(mutant.at, search_wall.size(), search_wall) == 0) {
    switch_mark(mutant.at);
    return changed;
  }
  const auto start = changed.find_last_of(" (", mutant.at) + 1;
  changed.replace(start, mutant.at + row_wall.size() - start, "$1 = $1");
  if (mutant.without_search_wall) switch_mark(changed.find(search_wall));
  return changed;
}

/// What the connections under test share: the walls that ran, and the one that is to go.
struct Watch {
  std::mutex mutex;
  bool recording = false;  ///< Off while a store opens, which looks at all tenants in turn.
  std::set<Mutant> seen;
  std::optional<Mutant> mutant;
};

class WatchedConnection final : public store::test::ForwardingConnection {
 public:
  WatchedConnection(std::unique_ptr<Connection> inner, Watch& watch)
      : ForwardingConnection(std::move(inner)), watch_(watch) {}

  std::int64_t run(std::string_view sql, std::span<const store::Value> values, store::RowVisitor visit) override {
    for (const std::string_view wall : {row_wall, search_wall}) note(sql, wall);
    if (!watch_.mutant || watch_.mutant->sql != sql) return ForwardingConnection::run(sql, values, visit);
    return ForwardingConnection::run(mutated(*watch_.mutant), values, visit);
  }
  void send(std::string_view sql, std::span<const store::Value> values) override {
    run(sql, values, [](const store::Row&) { return true; });
  }

 private:
  void note(std::string_view sql, std::string_view wall) {
    for (auto at = sql.find(wall); at != std::string_view::npos; at = sql.find(wall, at + 1)) {
      const std::lock_guard lock(watch_.mutex);
      if (watch_.recording) watch_.seen.insert({std::string(sql), at});
    }
  }

  Watch& watch_;
};

}  // namespace contactd::api
