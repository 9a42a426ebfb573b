// Where the two engines differ above the seam: a few words of SQL, and some named strategies, side by side.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace contactd::store {

class Connection;
class Session;
class WriteSession;
struct KeyLookups;
struct ListQuery;

/// A row's searched text as a write leaves it; empty when there is nothing to find.
struct SearchedText {
  const std::string& table;
  const std::string& id;
  std::optional<std::int64_t> place;  ///< Where it is known.
  std::string before;
  std::string after;
};

/// How rows are searched, and how what is searched follows them.
struct SearchStrategy {
  std::int64_t (*count)(Session& session, const ListQuery& query, const std::string& table);
  std::vector<std::string> (*ids)(Session& session, const ListQuery& query, const std::string& table);
  std::vector<std::string> (*contacts_with_keys)(Session& session, const KeyLookups& lookups);
  void (*keep)(WriteSession& session, SearchedText text);
};

struct Dialect {
  std::size_t index;  ///< 0 or 1: for what is kept of each dialect.
  /// Others may write while a write decides: it has to lock what it decides upon.
  bool has_other_writers;
  /// Rows have a place beside their id (`place_bits`).
  bool has_places;
  /// The exact counts are kept in parts, one for each of some connections.
  bool counts_have_shards;
  /// A joined table may look at the one before it.
  bool has_lateral;
  /// `$2`, an array of ids, as a table `wanted` with the column `id`. Empty where there are no arrays.
  std::string_view wanted;
  /// Behind an INSERT: a row that some unique index refuses is left out. Empty where asking first costs less than that.
  std::string_view unless_there;
  /// Before a column: keeps the planner from using an index for it, where the planner needs that word.
  std::string_view off_index;
  /// Behind a SELECT: its row stays as it is until the transaction ends. Does not bar references to the row.
  std::string_view lock_row;
  /// Behind a SELECT: passes over rows that others hold.
  std::string_view skip_locked;
  /// `$2`, a JSON array of texts, as a table `listed` with the column `value`.
  std::string_view listed;
  SearchStrategy search;
};

const Dialect& sqlite_dialect();
const Dialect& postgres_dialect();

/// A statement in each dialect, made once; `make` depends on nothing but the dialect and its own type.
template <class Make>
const auto& made_once(const Dialect& dialect, Make make) {
  static const std::array statements{make(sqlite_dialect()), make(postgres_dialect())};
  return statements[dialect.index];
}

}  // namespace contactd::store
