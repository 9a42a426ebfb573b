// What a copy knows of its source, and the mark by which a target is known for one that is not finished.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/connection.hpp"
#include "store/copy_tables.hpp"

namespace contactd::store {

/// What a source holds at one moment.
struct SourceState {
  std::vector<std::int64_t> tenants;
  /// Rows of each copied table, by tenant; those of the whole store stand under 0.
  std::map<std::string, std::map<std::int64_t, std::int64_t>> rows;
  std::int64_t all_rows = 0;
  std::uint64_t secrets = 0;  ///< As `secrets_hash` has it.
  /// Another one after each write, and with each other store: made of the secrets, of the tenants, and of each table's
  /// count, greatest key and sum of versions.
  std::string fingerprint;
};

/// Within one transaction of the connection; reads every key. Throws StoreError.
SourceState source_state(Connection& source, const std::vector<CopiedTable>& tables);

/// Of what no two stores share unless one is a copy of the other. Throws StoreError.
std::uint64_t secrets_hash(Connection& connection, const std::vector<CopiedTable>& tables);

std::string name_of_tenant(Connection& connection, std::int64_t tenant);

/// The fingerprint of the source of which this store is an unfinished copy; nothing when it is none.
std::optional<std::string> unfinished_copy_of(Connection& target);

/// Within a transaction: from here on the store is an unfinished copy, which nobody serves.
void mark_unfinished(Connection& target, const std::string& fingerprint);
/// Within a transaction: it is a store as any other.
void remove_mark(Connection& target);

}  // namespace contactd::store
