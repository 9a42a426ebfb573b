// Reading a table of one tenant in the order of its keys, a page at a time, on either engine.
#pragma once

#include <vector>

#include "store/connection.hpp"
#include "store/copy_tables.hpp"

namespace contactd::store {

/// Within a transaction of the connection. `table` has to outlive it.
class CopyReader {
 public:
  /// `tenant` means nothing for a table of the whole store.
  CopyReader(Connection& connection, const CopiedTable& table, std::int64_t tenant, std::int64_t page_rows);
  /// The first page begins behind the greatest key that another reader's table has for the tenant.
  void begin_behind_newest_of(Connection& other);
  /// Gives the rows of the next page to `visit`; false when that was the last. Throws StoreError.
  bool next_page(FunctionRef<void(const Row&)> visit);
  /// The key behind which the next page begins.
  using Position = std::vector<std::string>;
  const Position& position() const { return behind_; }
  void go_back_to(Position position) { behind_ = std::move(position); }
  /// The columns of the table's key, as numbers of `Row`.
  const std::vector<int>& key_columns() const { return key_columns_; }

 private:
  Connection& connection_;
  const CopiedTable& table_;
  std::int64_t tenant_;
  std::int64_t page_rows_;
  std::string sql_;
  std::vector<int> key_columns_;
  Position behind_;
};

/// A column's value as it was read: a view that is valid as long as the row.
Value value_of(const Row& row, int column, bool is_text);

/// A value in words that both engines share: the same row has the same hash wherever it is kept.
class RowHash {
 public:
  void add(const Value& value);
  std::uint64_t value() const;

 private:
  void mix(std::uint64_t word);
  std::uint64_t state_ = 0x243F6A8885A308D3U;
};

/// Of all columns that are copied.
std::uint64_t hash_of(const Row& row, const std::vector<ColumnShape>& columns);

}  // namespace contactd::store
