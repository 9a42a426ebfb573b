// Migration 2, of PostgreSQL. Before it, its search tables were made beside the record, and their words were ordered as
// the database orders; there was no record of indexes and functions.
#include <array>

#include "store/migrations.hpp"

namespace contactd::store {
namespace {

constexpr std::array search_tables{"namespaces_search", "contacts_search", "addresses_search", "banks_search",
                                   "relations_search"};

void note(SchemaRecord& record) {
  for (const char* const table : search_tables) {
    record.tables[table] = {{"tenant_id", "BIGINT NOT NULL"},
                            {"id", "TEXT NOT NULL"},
                            {"tokens", "BIGINT[] NOT NULL"},
                            {"words", "TEXT NOT NULL"}};
  }
}

}  // namespace

Migration search_record_migration() {
  Migration migration{2, "search tables stand in the record, and order as the others do", {}, note};
  for (const char* const table : search_tables) {
    migration.statements.push_back("ALTER TABLE " + std::string(table) + " ALTER COLUMN words TYPE TEXT COLLATE \"C\"");
  }
  return migration;
}

}  // namespace contactd::store
