// The lists: one line for each step, appended at the end.
#include "store/migrations.hpp"

namespace contactd::store {

std::span<const Migration> embedded_migrations() {
  static const std::vector<Migration> migrations{place_migration()};
  return migrations;
}

std::span<const Migration> postgres_migrations() {
  static const std::vector<Migration> migrations{search_record_migration(), history_key_migration()};
  return migrations;
}

}  // namespace contactd::store
