// Migration 1. Before it, a row's key was the tenant and the id, and no search table knew it by a number. The tables
// are made anew, their rows in the order of their ids; a row keeps everything that it had.
#include "store/migrations.hpp"

namespace contactd::store {
namespace {

/// A table as it was, without the columns that all five have.
struct OldTable {
  std::string name;
  std::vector<std::pair<std::string, std::string>> columns;  // with their types
  std::vector<std::pair<std::string, std::string>> references;
};

const std::vector<OldTable>& old_tables() {
  static const std::vector<OldTable> tables{
      {"namespaces",
       {{"name", "TEXT NOT NULL"},
        {"contact_pattern", "TEXT"},
        {"contact_counter", "INTEGER NOT NULL"},
        {"account_pattern", "TEXT"},
        {"account_counter", "INTEGER NOT NULL"},
        {"approval_policy", "TEXT NOT NULL"}},
       {}},
      {"contacts",
       {{"namespace_id", "TEXT NOT NULL"},
        {"name", "TEXT NOT NULL"},
        {"ref_id", "TEXT"},
        {"status", "TEXT NOT NULL"},
        {"type", "TEXT NOT NULL"},
        {"tags", "TEXT"},
        {"refs", "TEXT"},
        {"rm_id", "TEXT"},
        {"branch_id", "TEXT"},
        {"props", "TEXT NOT NULL"},
        {"approval_state", "TEXT NOT NULL"},
        {"approval_by", "TEXT"},
        {"approval_at", "INTEGER"},
        {"approval_reason", "TEXT"}},
       {{"namespace_id", "namespaces"}}},
      {"addresses",
       {{"contact_id", "TEXT NOT NULL"},
        {"address_line", "TEXT"},
        {"city", "TEXT"},
        {"state", "TEXT"},
        {"country", "TEXT"},
        {"pincode", "TEXT"},
        {"coords", "TEXT"},
        {"codes", "TEXT"},
        {"tags", "TEXT"}},
       {{"contact_id", "contacts"}}},
      {"banks",
       {{"contact_id", "TEXT NOT NULL"},
        {"account_holder_name", "TEXT NOT NULL"},
        {"account_no", "TEXT NOT NULL"},
        {"ifsc", "TEXT NOT NULL"},
        {"account_type", "TEXT"},
        {"bank_name", "TEXT"},
        {"branch_name", "TEXT"},
        {"is_verified", "INTEGER NOT NULL"},
        {"tags", "TEXT"},
        {"refs", "TEXT"}},
       {{"contact_id", "contacts"}}},
      {"relations",
       {{"contact", "TEXT NOT NULL"}, {"type", "TEXT NOT NULL"}, {"related_contact", "TEXT"}, {"name", "TEXT"}},
       {{"contact", "contacts"}, {"related_contact", "contacts"}}}};
  return tables;
}

void add_statements(std::vector<std::string>& statements, const OldTable& table) {
  std::string columns = "id, created_by, updated_by, created_at, updated_at, version";
  std::string definition =
      "tenant_id INTEGER NOT NULL, place INTEGER PRIMARY KEY NOT NULL, id TEXT NOT NULL, created_by TEXT NOT NULL, "
      "updated_by TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, version INTEGER NOT NULL";
  for (const auto& [name, type] : table.columns) {
    columns += ", " + name;
    definition += ", " + name + " " + type;
  }
  definition += ", UNIQUE (tenant_id, id), FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id)";
  for (const auto& [column, target] : table.references) {
    definition += ", FOREIGN KEY (tenant_id, " + column + ") REFERENCES " + target + " (tenant_id, id)";
  }
  const std::string fresh = "new_" + table.name;
  statements.push_back("CREATE TABLE " + fresh + " (" + definition + ") STRICT");
  // The tenant's number, then 40 bits for the row's number within the tenant.
  statements.push_back("INSERT INTO " + fresh + " (tenant_id, place, " + columns +
                       ") SELECT tenant_id, (tenant_id << 40) + ROW_NUMBER() OVER (PARTITION BY tenant_id ORDER BY "
                       "id), " +
                       columns + " FROM " + table.name + " ORDER BY tenant_id, id");
  statements.push_back("DROP TABLE " + table.name);
  statements.push_back("ALTER TABLE " + fresh + " RENAME TO " + table.name);
}

void note(SchemaRecord& record) {
  for (const OldTable& table : old_tables()) record.tables[table.name].emplace("place", "INTEGER PRIMARY KEY NOT NULL");
  record.indexes.clear();
}

bool is_in(const SchemaRecord& record) {
  const auto contacts = record.tables.find("contacts");
  return contacts != record.tables.end() && contacts->second.count("place") != 0;
}

}  // namespace

Migration place_migration() {
  Migration migration{1, "rows have a place, by which search tables know them", {}, note, is_in};
  for (const OldTable& table : old_tables()) add_statements(migration.statements, table);
  return migration;
}

}  // namespace contactd::store
