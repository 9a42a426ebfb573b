// Reading a copy again: whether both stores hold the same, table by table and tenant by tenant.
#pragma once

#include <stdexcept>

#include "store/connection.hpp"
#include "store/copy_state.hpp"

namespace contactd::store {

/// Something differs between the two, in words for the operator: which table, which tenant, how many rows.
class CopyDiffers : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Holds all that the source's state counts, the labels and the counts of both stores against each other. Both
/// connections are in a transaction that sees one snapshot. `on_rows` hears how many of the copied rows were compared.
/// Throws CopyDiffers, StoreError.
void verify_copy(Connection& source, Connection& target, const SourceState& state, std::int64_t page_rows,
                 FunctionRef<void(std::int64_t)> on_rows);

}  // namespace contactd::store
