// One tenant after the other, since a row is only seen on behalf of its tenant.
#include "store/postgres_rebuild.hpp"

#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/contact.hpp"
#include "model/relation.hpp"
#include "store/postgres_search.hpp"
#include "store/postgres_tokens.hpp"
#include "store/search.hpp"
#include "store/search_version.hpp"

namespace contactd::store {
namespace {

template <class Visit>
void for_each_searched(Visit&& visit) {
  const auto offer = [&]<class T>() {
    if constexpr (is_searched<T>()) visit.template operator()<T>();
  };
  offer.template operator()<model::Namespace>();
  offer.template operator()<model::Contact>();
  offer.template operator()<model::Address>();
  offer.template operator()<model::Bank>();
  offer.template operator()<model::Relation>();
}

template <class T>
std::string wanted_version() {
  return search_version<T>("tokens " + std::string(tokens_version));
}

template <class T>
std::vector<std::string> ids_behind(Session& session, const std::string& id) {
  static const std::string table = table_of<T>();
  static const std::string sql = "SELECT " + table + ".id FROM " + table + " WHERE " + tenant_wall(table) + " AND " +
                                 table + ".id > $2 ORDER BY " + table + ".id LIMIT $3";
  std::vector<std::string> ids;
  session.run(sql, session.values().add(id).add(rebuilt_rows_at_once), [&](const Row& row) {
    ids.emplace_back(row.text(0));
    return true;
  });
  return ids;
}

template <class T>
void fill(Connection& connection, std::int64_t tenant, const Progress& on_progress) {
  const Caller nobody{};
  Session session(connection, nobody, tenant);
  const std::string search = search_table(table_of<T>());
  session.run("DELETE FROM " + search + " WHERE " + tenant_wall(search), session.values());
  std::int64_t rows = 0;
  for (auto ids = ids_behind<T>(session, {}); !ids.empty(); ids = ids_behind<T>(session, ids.back())) {
    for (const std::string& id : ids) {
      std::string text;
      session.run(select_sql<T>(), session.values().add(id), [&](const Row& row) {
        const T value = read_row<T>(row);
        text = indexed_text(&value);
        return false;
      });
      if (!text.empty()) write_text(session, table_of<T>(), id, text);
    }
    rows += static_cast<std::int64_t>(ids.size());
    if (on_progress && rows >= 20 * rebuilt_rows_at_once) {
      on_progress("making " + search + " anew: " + std::to_string(rows) + " of a tenant so far");
    }
  }
}

}  // namespace

std::vector<std::string> searched_tables() {
  std::vector<std::string> tables;
  for_each_searched([&]<class T>() { tables.push_back(table_of<T>()); });
  return tables;
}

std::optional<std::string> stale_search(Connection& connection) {
  std::optional<std::string> stale;
  for_each_searched([&]<class T>() {
    const std::string name = search_table(table_of<T>());
    if (derived_version(connection, name) != wanted_version<T>()) {
      stale = "holds in " + name + " what another version has cut";
    }
  });
  return stale;
}

void make_search_anew(Connection& connection, const Progress& on_progress) {
  for_each_searched([&]<class T>() {
    const std::string name = search_table(table_of<T>()), wanted = wanted_version<T>();
    if (derived_version(connection, name) == wanted) return;
    for (const std::int64_t tenant : all_tenants(connection)) fill<T>(connection, tenant, on_progress);
    forget_derived_version(connection, name);
    const Value values[] = {std::string_view(name), std::string_view(wanted)};
    connection.run("INSERT INTO derived_versions (name, version) VALUES ($1, $2)", values);
  });
}

}  // namespace contactd::store
