// Filling search tables, some thousand rows to a transaction; the record of the version comes last.
#include "store/search_rebuild.hpp"

#include <optional>
#include <utility>

#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/contact.hpp"
#include "model/relation.hpp"
#include "store/sqlite_trigrams.hpp"

namespace contactd::store {
namespace {

/// FTS5 does not open a table whose own tables are damaged, also not to drop it: then the entry is taken out of the
/// schema (https://sqlite.org/pragma.html#pragma_writable_schema), and the tables that it was kept in are dropped.
void drop(Connection& connection, const std::string& name) {
  try {
    connection.run("DROP TABLE IF EXISTS " + name);
  } catch (const StoreError& error) {
    if (error.kind != StoreError::Kind::damaged) throw;
    const Value values[] = {std::string_view(name)};
    connection.run_script("PRAGMA writable_schema = ON");
    connection.run("DELETE FROM sqlite_schema WHERE type = 'table' AND name = $1", values);
    connection.run_script("PRAGMA writable_schema = RESET");
    for (const char* const part : {"_data", "_idx", "_config"}) connection.run("DROP TABLE IF EXISTS " + name + part);
  }
}

void make_empty(Connection& connection, const std::string& name) {
  connection.begin_write();
  forget_derived_version(connection, name);
  drop(connection, name);
  // Without content and sizes: the rows have the texts, and nothing is ranked.
  connection.run("CREATE VIRTUAL TABLE " + name + " USING fts5(words, content='', columnsize=0, tokenize='" +
                 std::string(trigrams_tokenizer) + "')");
  connection.commit();
}

/// How FTS5 merges (https://sqlite.org/fts5.html, section 6): never by itself, and when it is told to (`merged_pages`),
/// as soon as a level has so many segments. More of them would be merged less often, and searched longer.
constexpr std::pair<std::string_view, std::int64_t> merging[] = {{"automerge", 0}, {"usermerge", 8}};

/// Also for a table that an earlier version made. FTS5 keeps what it is told in a table of its own.
void settle_merging(Connection& connection, const std::string& name) {
  for (const auto& [option, value] : merging) {
    std::optional<std::int64_t> is_now;
    const Value values[] = {option};
    connection.run("SELECT v FROM " + name + "_config WHERE k = $1", values, [&](const Row& row) {
      is_now = row.integer(0);
      return false;
    });
    if (is_now == value) continue;
    const Value both[] = {option, value};
    connection.begin_write();
    connection.run("INSERT INTO " + name + " (" + name + ", rank) VALUES ($1, $2)", both);
    connection.commit();
  }
}

template <class T>
class WordsBatch {
 public:
  void add(std::int64_t place, const T& row) { changes_.add(table_of<T>(), place, {}, indexed_text(&row)); }
  void write(Connection& connection) { changes_.write(connection); }

 private:
  SearchChanges changes_;
};

template <class T>
void prepare(Connection& connection, const Progress& on_progress) {
  if constexpr (is_searched<T>()) {
    const std::string name = search_table(table_of<T>());
    const std::string wanted = search_version<T>();
    const bool is_there = derived_version(connection, name) == wanted;
    if (!is_there) make_empty(connection, name);
    settle_merging(connection, name);
    if (is_there) return;
    rebuild<T, WordsBatch<T>>(connection, name, on_progress);
    record_derived_version(connection, name, wanted);
  }
}

}  // namespace

void prepare_search(Connection& connection, const Progress& on_progress) {
  prepare<model::Namespace>(connection, on_progress);
  prepare<model::Contact>(connection, on_progress);
  prepare<model::Address>(connection, on_progress);
  prepare<model::Bank>(connection, on_progress);
  prepare<model::Relation>(connection, on_progress);
}

}  // namespace contactd::store
