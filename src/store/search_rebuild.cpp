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
constexpr std::string_view cutting_version = "1";
constexpr std::int64_t rows_at_once = 5'000;

using Progress = std::function<void(const std::string&)>;

template <class T>
std::string wanted_version() {
  return std::string(cutting_version) + " " + std::string(folding_version()) + " " + searched_fields<T>();
}

std::string recorded_version(Connection& connection, const std::string& table) {
  std::string version;
  const Value values[] = {std::string_view(table)};
  connection.run("SELECT version FROM search_versions WHERE table_name = $1", values, [&](const Row& row) {
    version = std::string(row.text(0));
    return false;
  });
  return version;
}

void make_empty(Connection& connection, const std::string& table) {
  const std::string name = search_table(table);
  const Value values[] = {std::string_view(table)};
  connection.begin_write();
  connection.run("DELETE FROM search_versions WHERE table_name = $1", values);
  connection.run("DROP TABLE IF EXISTS " + name);
  // Without content and sizes: the rows have the texts, and nothing is ranked.
  connection.run("CREATE VIRTUAL TABLE " + name + " USING fts5(words, content='', columnsize=0, tokenize='" +
                 std::string(trigrams_tokenizer) + "')");
  connection.commit();
}

/// Takes the rows of one tenant from a place on; gives the last place, or 0 when there were no more.
template <class T>
std::int64_t fill_some(Connection& connection, std::int64_t tenant, std::int64_t from) {
  const std::string table = table_of<T>();
  const std::string sql = "SELECT " + table + ".place, " + table + ".id FROM " + table + " WHERE " +
                          tenant_wall(table) + " AND " + table + ".place BETWEEN $2 AND $3 ORDER BY " + table +
                          ".place LIMIT $4";
  std::vector<std::pair<std::int64_t, std::string>> rows;
  const Value range[] = {tenant, from, ((tenant + 1) << place_bits) - 1, rows_at_once};
  connection.run(sql, range, [&](const Row& row) {
    rows.emplace_back(row.integer(0), row.text(1));
    return true;
  });
  if (rows.empty()) return 0;
  SearchChanges changes;
  for (const auto& [place, id] : rows) {
    const Value values[] = {tenant, std::string_view(id)};
    connection.run(select_sql<T>(), values, [&](const Row& row) {
      const T value = read_row<T>(row);
      changes.add(table, place, {}, searched_words(&value));
      return false;
    });
  }
  connection.begin_write();
  changes.write(connection);
  connection.commit();
  connection.checkpoint_if_due();
  return rows.back().first;
}

template <class T>
void fill(Connection& connection, const Progress& on_progress) {
  std::vector<std::int64_t> tenants;
  connection.run("SELECT tenant_id FROM tenants ORDER BY tenant_id", {}, [&](const Row& row) {
    tenants.push_back(row.integer(0));
    return true;
  });
  std::int64_t steps = 0;
  for (const std::int64_t tenant : tenants) {
    std::int64_t last = tenant << place_bits;
    while ((last = fill_some<T>(connection, tenant, last + 1)) != 0) {
      if (++steps % 20 == 0 && on_progress) {
        on_progress("making " + search_table(table_of<T>()) + " anew: about " + std::to_string(steps * rows_at_once) +
                    " rows so far");
      }
    }
  }
}

template <class T>
void prepare(Connection& connection, const Progress& on_progress) {
  if constexpr (is_searched<T>()) {
    const std::string table = table_of<T>();
    const std::string wanted = wanted_version<T>();
    if (recorded_version(connection, table) == wanted) return;
    make_empty(connection, table);
    fill<T>(connection, on_progress);
    const Value values[] = {std::string_view(table), std::string_view(wanted)};
    connection.begin_write();
    connection.run("INSERT INTO search_versions (table_name, version) VALUES ($1, $2)", values);
    connection.commit();
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
