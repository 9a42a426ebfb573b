// The order of the checks: what the engine says, then what the tables say of each other.
#include "store/check_store.hpp"

#include <algorithm>

#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/contact.hpp"
#include "model/namespace.hpp"
#include "model/relation.hpp"
#include "store/check_derived.hpp"
#include "store/check_history.hpp"
#include "store/migrate.hpp"
#include "store/search_rebuild.hpp"
#include "store/search_sums.hpp"
#include "store/search_text.hpp"
#include "store/sqlite_check.hpp"
#include "store/sqlite_terms.hpp"

namespace contactd::store {
namespace {

void report(const Progress& on_progress, const std::string& what) {
  if (on_progress) on_progress(what);
}

/// Rows of one table: each where it belongs, with its labels; its words go into the sums.
template <class T>
void check_rows(Connection& connection, std::int64_t tenant, SearchSums* sums, Findings& findings) {
  const std::string table = table_of<T>();
  std::string last_id;
  for_each_rows<T>(connection, tenant, [&](const std::vector<PlacedRow<T>>& rows) {
    for (const PlacedRow<T>& each : rows) {
      const std::string& id = each.row.audit.id;
      if (id <= last_id) findings.add(Part::rows, table, "row " + id + " stands behind a newer one");
      last_id = id;
      check_labels_of(connection, tenant, each.row, findings);
      const std::string text = sums == nullptr ? std::string() : indexed_text(&each.row);
      if (!text.empty()) sums->add_text(each.place, marked_text(each.place, text));
    }
  });
}

/// Rows that stand where the rows of another tenant do: $1 tenant, $2 and $3 where its own do.
template <class T>
void check_places(Connection& connection, std::int64_t tenant, Findings& findings) {
  const std::string table = table_of<T>();
  const Value values[] = {tenant, tenant << place_bits, (tenant + 1) << place_bits};
  connection.run("SELECT id FROM " + table + " WHERE " + tenant_wall(table) + " AND (" + table + ".place <= $2 OR " +
                     table + ".place >= $3)",
                 values, [&](const Row& row) {
                   findings.add(Part::rows, table, "row " + std::string(row.text(0)) + " stands with another tenant's");
                   return !findings.enough(Part::rows, table);
                 });
}

template <class T>
void add_rows(Connection& connection, SearchSums& sums) {
  for (const std::int64_t tenant : all_tenants(connection)) {
    for_each_rows<T>(connection, tenant, [&](const std::vector<PlacedRow<T>>& rows) {
      for (const PlacedRow<T>& each : rows) {
        const std::string text = indexed_text(&each.row);
        if (!text.empty()) sums.add_text(each.place, marked_text(each.place, text));
      }
    });
  }
}

void take_terms(Connection& connection, const std::string& search, SearchSums& sums) {
  for_each_term(connection, search, [&](std::string_view term, std::int64_t place, std::int64_t number) {
    sums.remove(term, place, number);
  });
}

/// `sums` holds what the rows give. When the table holds something else, a second look finds the rows.
template <class T>
void check_search(Connection& connection, SearchSums& sums, Findings& findings) {
  const std::string search = search_table(table_of<T>());
  try {
    take_terms(connection, search, sums);
    const std::vector<std::size_t> buckets = sums.differing(Findings::told_max);
    if (buckets.empty()) return;
    SearchSums single(buckets);
    add_rows<T>(connection, single);
    take_terms(connection, search, single);
    for (const std::int64_t place : single.differing_places()) {
      findings.add(Part::search, search, "differs from the row at place " + std::to_string(place));
    }
  } catch (const StoreError& error) {
    if (error.kind != StoreError::Kind::damaged) throw;
    findings.add(Part::search, search, "cannot be read");
  }
}

/// Whether this version made the search table to its end. The next start would make it anew.
template <class T>
bool has_search(Connection& connection) {
  if constexpr (is_searched<T>()) {
    return derived_version(connection, search_table(table_of<T>())) == search_version<T>();
  }
  return false;
}

template <class T>
void check_resource(Connection& connection, Findings& findings, const Progress& on_progress) {
  report(on_progress, "checking " + table_of<T>());
  const bool is_search_checked = has_search<T>(connection);
  if (is_searched<T>() && !is_search_checked) {
    findings.add(Part::search, search_table(table_of<T>()), "was made by another version, or not to its end");
  }
  SearchSums sums;
  for (const std::int64_t tenant : all_tenants(connection)) {
    check_places<T>(connection, tenant, findings);
    check_rows<T>(connection, tenant, is_search_checked ? &sums : nullptr, findings);
    check_stray_labels<T>(connection, tenant, findings);
    check_counters<T>(connection, tenant, findings);
    check_uniqueness<T>(connection, tenant, findings);
  }
  if (is_search_checked) check_search<T>(connection, sums, findings);
}

void check_account_references(Connection& connection, std::int64_t tenant, Findings& findings) {
  const std::string table = account_references_shape().name;
  const Value values[] = {tenant};
  connection.run("SELECT COUNT(*) FROM " + table + " WHERE " + tenant_wall(table) +
                     " GROUP BY namespace_id, ref_id HAVING COUNT(*) > 1",
                 values, [&](const Row& row) {
                   findings.add(Part::rows, table,
                                "a reference was drawn " + std::to_string(row.integer(0)) + " times");
                   return !findings.enough(Part::rows, table);
                 });
}

/// Indexes without which the store is slow or lets through what must be unique; tables without which it cannot be read.
void check_shape(Connection& connection, Findings& findings) {
  const std::vector<std::string> objects = connection.objects();
  const SchemaRecord record = read_record(connection, objects);
  for (const auto& [table, columns] : record.tables) {
    if (!has_object(objects, table)) findings.add(Part::file, table, "the table is missing");
  }
  for (const auto& [index, statement] : record.indexes) {
    if (!has_object(objects, index)) findings.add(Part::indexes, index, "the index is missing");
  }
}

void check_all(Connection& connection, Findings& findings, const Progress& on_progress) {
  report(on_progress, "checking the file");
  for (const std::string& damage : damage_of_file(connection, Findings::told_max)) {
    findings.add(Part::file, "file", damage);
  }
  check_shape(connection, findings);
  if (findings.has(Part::file)) return;  // no statement can be trusted
  for (const std::string& broken : broken_references(connection, Findings::told_max)) {
    findings.add(Part::rows, "references", broken);
  }
  check_resource<model::Namespace>(connection, findings, on_progress);
  check_resource<model::Contact>(connection, findings, on_progress);
  check_resource<model::Address>(connection, findings, on_progress);
  check_resource<model::Bank>(connection, findings, on_progress);
  check_resource<model::Relation>(connection, findings, on_progress);
  report(on_progress, "checking the history");
  const std::vector<ToldResource> told{told_resource<model::Contact>(), told_resource<model::Address>(),
                                       told_resource<model::Bank>(), told_resource<model::Relation>()};
  for (const std::int64_t tenant : all_tenants(connection)) {
    check_account_references(connection, tenant, findings);
    check_history(connection, tenant, told, findings);
  }
}

template <class T>
void open_terms_of(Connection& connection) {
  if (has_search<T>(connection)) open_terms(connection, search_table(table_of<T>()));
}

template <class T>
void mend(Connection& connection, const Findings& findings, const Progress& on_progress) {
  const std::string table = table_of<T>();
  if (findings.has(Part::counters, counts_table(table))) {
    report(on_progress, "making " + counts_table(table) + " anew");
    mend_counters<T>(connection);
  }
  if (findings.has(Part::labels, tags_table(table))) {
    report(on_progress, "making " + tags_table(table) + " anew");
    mend_labels<T>(connection);
  }
  if (findings.has(Part::search, search_table(table))) {
    connection.begin_write();
    forget_derived_version(connection, search_table(table));
    connection.commit();
  }
}

void mend_indexes(Connection& connection, const Findings& findings, const Progress& on_progress) {
  const SchemaRecord record = read_record(connection, connection.objects());
  for (const auto& [index, statement] : record.indexes) {
    if (!findings.has(Part::indexes, index)) continue;
    report(on_progress, "making " + index + " anew");
    try {
      connection.run_script(statement);
    } catch (const StoreError& error) {
      // Rows share what must be unique: nobody can say which of them is right.
      if (error.kind != StoreError::Kind::conflict) throw;
    }
  }
}

}  // namespace

void check_store(const SqliteOptions& options, Findings& findings, const Progress& on_progress) {
  if (!is_there(options.path)) throw std::runtime_error("there is no store " + options.path);
  try {
    require_fitting_schema(options, "contactd migrate");
    const auto connection = open_sqlite_reader(options);
    open_terms_of<model::Namespace>(*connection);
    open_terms_of<model::Contact>(*connection);
    open_terms_of<model::Address>(*connection);
    open_terms_of<model::Bank>(*connection);
    open_terms_of<model::Relation>(*connection);
    connection->begin_read();
    check_all(*connection, findings, on_progress);
    connection->rollback();
  } catch (const StoreError& error) {
    if (error.kind != StoreError::Kind::damaged) throw;
    findings.add(Part::file, "file", error.what());
  }
}

void mend_store(const SqliteOptions& options, const Findings& findings, const Progress& on_progress) {
  const auto connection = open_sqlite_writer(options);
  mend_indexes(*connection, findings, on_progress);
  mend<model::Namespace>(*connection, findings, on_progress);
  mend<model::Contact>(*connection, findings, on_progress);
  mend<model::Address>(*connection, findings, on_progress);
  mend<model::Bank>(*connection, findings, on_progress);
  mend<model::Relation>(*connection, findings, on_progress);
  report(on_progress, "looking after the search tables");
  prepare_search(*connection, on_progress);
}

}  // namespace contactd::store
