// Sorted once, since several readers may look for rows of theirs.
#include "store/postgres_rows_by_id.hpp"

#include <algorithm>
#include <numeric>

#include "store/postgres_row.hpp"

namespace contactd::store {

RowsById::RowsById(PostgresResult result) : result_(std::move(result)), order_(PQntuples(result_.get())) {
  std::iota(order_.begin(), order_.end(), 0);
  std::sort(order_.begin(), order_.end(), [this](int a, int b) { return id_of(a) < id_of(b); });
}

void RowsById::visit(std::span<const std::string_view> ids, RowVisitor visit) const {
  PostgresRow row(result_.get());
  for (const std::string_view id : ids) {
    const auto found = std::lower_bound(order_.begin(), order_.end(), id,
                                        [this](int each, std::string_view wanted) { return id_of(each) < wanted; });
    if (found == order_.end() || id_of(*found) != id) continue;
    row.go_to(*found);
    if (!visit(row)) return;
  }
}

std::string_view RowsById::id_of(int row) const {
  return {PQgetvalue(result_.get(), row, 0), static_cast<std::size_t>(PQgetlength(result_.get(), row, 0))};
}

}  // namespace contactd::store
