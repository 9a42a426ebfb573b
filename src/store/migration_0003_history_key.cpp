// Migration 3, of PostgreSQL. Before it, each line of a history was held against its contact by a foreign key: a query
// and a lock of every write, for the sake of rows that are never removed.
#include "store/migrations.hpp"

namespace contactd::store {

Migration history_key_migration() {
  return {3,
          "a history needs no foreign key to contacts, which are never removed",
          {"ALTER TABLE history DROP CONSTRAINT IF EXISTS history_tenant_id_contact_id_fkey"},
          [](SchemaRecord&) {}};
}

}  // namespace contactd::store
