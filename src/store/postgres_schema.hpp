// The store's shape on PostgreSQL: tables behind row-level security, search tables with the functions that look into
// them, rights for the role that serves.
#pragma once

#include <string>
#include <vector>

#include "store/schema_dialect.hpp"

namespace contactd::store {

/// The tables of the service as this engine keeps them: no places, counts in parts, nothing that all writers of a
/// tenant would lock.
std::vector<TableShape> postgres_tables();
/// The tables that a search looks into.
std::vector<TableShape> postgres_search_tables();
/// The functions that look into that table for a search, if it is such a table.
std::vector<std::string> functions_into(const TableShape& table);

/// The condition of the wall between tenants: the transaction has said that it works for this one.
inline constexpr std::string_view of_this_tenant =
    "tenant_id = NULLIF(current_setting('contactd.tenant', true), '')::bigint";
/// Whether the table has the rows of tenants, and the wall between them.
bool is_walled(const TableShape& table);

/// The statements that give a role those rights to serve that it has not: reads and writes of rows, and nothing of the
/// schema. Throws StoreError.
std::vector<std::string> missing_rights(Connection& connection, const std::string& role);

/// The value of a statement with one, empty where it is NULL or has no row. Throws StoreError.
std::string text_of(Connection& connection, std::string_view sql, std::span<const Value> values = {});

}  // namespace contactd::store
