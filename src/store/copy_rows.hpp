// Putting rows into the target of a copy, with the labels that follow from each, and counting them.
#pragma once

#include <optional>
#include <vector>

#include "store/connection.hpp"
#include "store/copy_tables.hpp"

namespace contactd::store {

/// Writes rows of one table; of one tenant, where the table is of tenants. Within a transaction of the target, with the
/// tenant entered.
class RowWriter {
 public:
  /// Reads where the tenant's rows end.
  RowWriter(Connection& target, const CopiedTable& table, std::int64_t tenant);
  /// A row as the source has it, with the columns of the table in their order. Throws StoreError.
  void write(const Row& row);

 private:
  void write_labels(const Row& row);

  Connection& target_;
  const CopiedTable& table_;
  std::int64_t tenant_;
  std::optional<std::int64_t> last_place_;  ///< Where rows have one.
  std::string insert_sql_, insert_label_sql_;
  std::vector<Value> values_;  ///< Of one statement; kept for its memory.
};

/// Makes a tenant's counts from its rows, all in one part. Within a transaction of the target. Throws StoreError.
void make_counts(Connection& target, const CountTable& table, std::int64_t tenant);

/// How many rows the target has. Within a transaction. Throws StoreError.
std::int64_t rows_there(Connection& target, const CopiedTable& table, std::int64_t tenant);

}  // namespace contactd::store
