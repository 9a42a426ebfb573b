// The steps from one schema to the next that cannot be derived from the descriptions, numbered. Each runs once.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "store/schema_record.hpp"

namespace contactd::store {

/// A step that was released is never changed: stores have been through it. It speaks of tables as they were then, and
/// so takes nothing from the descriptions. A new store has the shape to which all of them lead, and runs none.
struct Migration {
  std::int64_t number;
  std::string name;
  std::vector<std::string> statements;
  /// Makes the record say what is so after the statements. Indexes of tables that are made anew go from it: they are
  /// derived, and made behind the last numbered step.
  void (*note)(SchemaRecord& record);
  /// Whether a store from before migrations were recorded has that shape already. Null: none of those has.
  bool (*is_in)(const SchemaRecord& record) = nullptr;
};

/// In the order of their numbers.
std::span<const Migration> all_migrations();

/// 1: rows have a `place`, by which search tables know them (migration_0001_place.cpp).
Migration place_migration();

}  // namespace contactd::store
