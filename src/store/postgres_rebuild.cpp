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

std::string record_version(const std::string& name, const std::string& version) {
  return "INSERT INTO derived_versions (name, version) VALUES (" + quoted_text(name) + ", " + quoted_text(version) +
         ")";
}

/// A row's id, and what is to be found of it.
struct Text {
  std::string id, text;
};

template <class T>
std::vector<Text> texts_behind(Session& session, const std::string& id) {
  static const std::string table = table_of<T>();
  static const std::string sql = "SELECT " + select_list<T>() + " FROM " + table + " WHERE " + tenant_wall(table) +
                                 " AND " + table + ".id > $2 ORDER BY " + table + ".id LIMIT $3";
  std::vector<Text> texts;
  session.run(sql, session.values().add(id).add(rebuilt_rows_at_once), [&](const Row& row) {
    const T value = read_row<T>(row);
    texts.push_back({value.audit.id, indexed_text(&value)});
    return true;
  });
  return texts;
}

template <class T>
void fill(Connection& connection, std::int64_t tenant, const Progress& on_progress) {
  const Caller nobody{};
  Session session(connection, nobody, tenant);
  const std::string search = search_table(table_of<T>());
  session.run("DELETE FROM " + search + " WHERE " + tenant_wall(search), session.values());
  std::int64_t rows = 0;
  for (auto texts = texts_behind<T>(session, {}); !texts.empty(); texts = texts_behind<T>(session, texts.back().id)) {
    for (const Text& each : texts) {
      if (!each.text.empty()) write_text(session, table_of<T>(), each.id, each.text);
    }
    rows += static_cast<std::int64_t>(texts.size());
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

std::vector<SchemaStep> search_steps(Connection& connection, const Progress& on_progress) {
  std::vector<SchemaStep> steps;
  for_each_searched([&]<class T>() {
    const std::string name = search_table(table_of<T>());
    if (derived_version(connection, name) == wanted_version<T>()) return;
    SchemaStep step{name + " is filled anew from the rows", schema_dialect_of(connection).step_begins};
    // A row that is written meanwhile would be found as it was before, or not at all.
    step.statements.push_back("LOCK TABLE " + table_of<T>() + " IN SHARE MODE");
    step.work = [on_progress, name](Connection& owner) {
      for (const std::int64_t tenant : all_tenants(owner)) fill<T>(owner, tenant, on_progress);
      forget_derived_version(owner, name);
      owner.run_script(record_version(name, wanted_version<T>()));
    };
    steps.push_back(std::move(step));
  });
  return steps;
}

std::vector<std::string> record_empty_search() {
  std::vector<std::string> statements;
  for_each_searched(
      [&]<class T>() { statements.push_back(record_version(search_table(table_of<T>()), wanted_version<T>())); });
  return statements;
}

}  // namespace contactd::store
