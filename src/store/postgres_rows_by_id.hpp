// What a SELECT by several ids gave.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "store/connection.hpp"
#include "store/postgres_link.hpp"

namespace contactd::store {

/// Rows of which each has an id of its own, in the first column.
class RowsById {
 public:
  explicit RowsById(PostgresResult result);
  /// Visits those that have these ids, in the order of the ids.
  void visit(std::span<const std::string_view> ids, RowVisitor visit) const;

 private:
  std::string_view id_of(int row) const;

  PostgresResult result_;
  std::vector<int> order_;  // of the rows, by their ids
};

}  // namespace contactd::store
