// The whole list of tables.
#include "store/schema.hpp"

#include <array>

#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/contact.hpp"
#include "model/namespace.hpp"
#include "model/relation.hpp"
#include "store/schema_dialect.hpp"

namespace contactd::store {
namespace {

const TableShape tenants_table{
    "tenants", {{"tenant_id", "INTEGER PRIMARY KEY"}, {"name", "TEXT NOT NULL UNIQUE"}}, {}, {}};

/// Secrets of the store itself, such as the key that seals cursors.
const TableShape secrets_table{"secrets", {{"name", "TEXT NOT NULL PRIMARY KEY"}, {"value", "TEXT NOT NULL"}}, {}, {}};

/// By which version each search table was made.
const TableShape derived_versions_table{
    "derived_versions", {{"name", "TEXT NOT NULL PRIMARY KEY"}, {"version", "TEXT NOT NULL"}}, {}, {}};

/// Answers kept for requests that come again with the same Idempotency-Key. Ids order by time, for their removal.
const TableShape idempotency_table{"idempotency",
                                   {{"tenant_id", "BIGINT NOT NULL"},
                                    {"id", "TEXT NOT NULL"},
                                    {"user_id", "TEXT NOT NULL"},
                                    {"key", "TEXT NOT NULL"},
                                    {"digest", "TEXT NOT NULL"},
                                    {"status", "BIGINT NOT NULL"},
                                    {"location", "TEXT NOT NULL"},
                                    {"etag", "TEXT NOT NULL"},
                                    {"body", "TEXT NOT NULL"}},
                                   {"PRIMARY KEY (tenant_id, id)", "UNIQUE (tenant_id, user_id, key)",
                                    "FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id)"},
                                   {}};

template <class T>
void add_resource(std::vector<TableShape>& tables) {
  tables.push_back(resource_table<T>());
  tables.push_back(counts_shape<T>());
  if (has_tags<T>()) tables.push_back(tags_shape<T>());
}

}  // namespace

std::string create_table_sql(const TableShape& table) {
  return create_table_sql(table, sqlite_schema_dialect());
}

std::vector<TableShape> contact_store_tables() {
  std::vector<TableShape> tables{tenants_table, secrets_table, derived_versions_table, idempotency_table};
  add_resource<model::Namespace>(tables);
  add_resource<model::Contact>(tables);
  add_resource<model::Address>(tables);
  add_resource<model::Bank>(tables);
  add_resource<model::Relation>(tables);
  tables.push_back(history_shape());
  tables.push_back(account_references_shape());
  return tables;
}

std::span<const std::string_view> retired_tables() {
  static constexpr std::array<std::string_view, 2> tables{"dedupe_keys", "search_versions"};
  return tables;
}

}  // namespace contactd::store
