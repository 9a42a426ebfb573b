// Filling search tables, some thousand rows to a transaction; the record of the version comes last.
#include "store/search_rebuild.hpp"

#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/contact.hpp"
#include "model/relation.hpp"
#include "store/search.hpp"
#include "store/sqlite_trigrams.hpp"

namespace contactd::store {
namespace {

/// Raise it when words are cut or joined in another way than before.
constexpr std::string_view cutting_version = "2";

template <class T>
std::string wanted_version() {
  std::string version =
      std::string(cutting_version) + " " + std::string(folding_version()) + " " + searched_fields<T>();
  if (has_dedupe_keys<T>) version += " keys " + std::to_string(dedupe::normaliser_version);
  return version;
}

void make_empty(Connection& connection, const std::string& name) {
  connection.begin_write();
  forget_derived_version(connection, name);
  connection.run("DROP TABLE IF EXISTS " + name);
  // Without content and sizes: the rows have the texts, and nothing is ranked.
  connection.run("CREATE VIRTUAL TABLE " + name + " USING fts5(words, content='', columnsize=0, tokenize='" +
                 std::string(trigrams_tokenizer) + "')");
  // Merging is done in small pieces, behind each group of writes (`merged_pages`).
  connection.run("INSERT INTO " + name + " (" + name + ", rank) VALUES ('automerge', 0)");
  connection.commit();
}

template <class T>
class WordsBatch {
 public:
  void add(std::int64_t, std::int64_t place, const T& row) {
    changes_.add(table_of<T>(), place, {}, indexed_text(&row));
  }
  void write(Connection& connection) { changes_.write(connection); }

 private:
  SearchChanges changes_;
};

template <class T>
void prepare(Connection& connection, const Progress& on_progress) {
  if constexpr (is_searched<T>()) {
    const std::string name = search_table(table_of<T>());
    const std::string wanted = wanted_version<T>();
    if (derived_version(connection, name) == wanted) return;
    make_empty(connection, name);
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
