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
///
/// On PostgreSQL the walls between tenants stand before the owner too. A statement that is about rows sees none of them
/// unless it is between ALTER TABLE … NO FORCE ROW LEVEL SECURITY and the same with FORCE.
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

/// Those of each engine, in the order of their numbers. A number is one change's, whichever engine it is about: one
/// that both engines need stands in both lists, with the statements of each.
std::span<const Migration> embedded_migrations();
std::span<const Migration> postgres_migrations();

/// 1: rows have a `place`, by which search tables know them (migration_0001_place.cpp).
Migration place_migration();
/// 2: search tables stand in the record, and order as the others do (migration_0002_search_record.cpp).
Migration search_record_migration();
/// 3: a history has no foreign key to contacts (migration_0003_history_key.cpp).
Migration history_key_migration();

}  // namespace contactd::store
