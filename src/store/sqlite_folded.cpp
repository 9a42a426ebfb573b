// Folding inside a statement.
#include "store/sqlite_folded.hpp"

#include <sqlite3.h>

#include "base/fold_case.hpp"

namespace contactd::store {
namespace {

void folded(sqlite3_context* context, int, sqlite3_value** arguments) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(arguments[0]));
  if (bytes == nullptr) return sqlite3_result_null(context);
  std::string text;
  append_folded(text, {bytes, static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]))});
  sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

}  // namespace

bool add_folded_function(sqlite3* database) {
  return sqlite3_create_function(database, "folded", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, folded, nullptr,
                                 nullptr) == SQLITE_OK;
}

}  // namespace contactd::store
