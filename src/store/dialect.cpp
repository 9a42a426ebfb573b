// The two dialects.
#include "store/dialect.hpp"

#include "store/postgres_search.hpp"
#include "store/sqlite_search.hpp"

namespace contactd::store {

const Dialect& sqlite_dialect() {
  static const Dialect dialect{.index = 0,
                               .has_other_writers = false,
                               .has_places = true,
                               .counts_have_shards = false,
                               .has_lateral = false,
                               .wanted = "",
                               .unless_there = "",
                               .off_index = "+",
                               .lock_row = "",
                               .skip_locked = "",
                               .listed = "json_each($2) AS listed",
                               .search = {count_matches, ids_of_matches, contacts_of_matches, note_text}};
  return dialect;
}

const Dialect& postgres_dialect() {
  static const Dialect dialect{.index = 1,
                               .has_other_writers = true,
                               .has_places = false,
                               .counts_have_shards = true,
                               .has_lateral = true,
                               // Behind the inner SELECT the planner does not see how many they are: else it would
                               // plan anew each time that they are few.
                               .wanted = "unnest((SELECT $2::text[])::text[]) AS wanted(id)",
                               .unless_there = " ON CONFLICT DO NOTHING",
                               .off_index = "",
                               .lock_row = " FOR NO KEY UPDATE",
                               .skip_locked = " FOR UPDATE SKIP LOCKED",
                               .listed = "json_array_elements_text($2::json) AS listed(value)",
                               .search = {count_with_grams, ids_with_grams, contacts_with_tokens, keep_text}};
  return dialect;
}

}  // namespace contactd::store
