// The list: one line for each step, appended at the end.
#include "store/migrations.hpp"

namespace contactd::store {

std::span<const Migration> all_migrations() {
  static const std::vector<Migration> migrations{place_migration()};
  return migrations;
}

}  // namespace contactd::store
