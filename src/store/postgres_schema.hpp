// The store's shape on PostgreSQL: tables behind row-level security, search tables with the functions that look into
// them, rights for the role that serves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/rebuild.hpp"
#include "store/schema.hpp"

namespace contactd::store {

/// The tables of the service as this engine keeps them: no places, counts in parts, nothing that all writers of a
/// tenant would lock.
std::vector<TableShape> postgres_tables();

/// The statement that makes a table, its types and orders those of PostgreSQL.
std::string create_postgres_table_sql(const TableShape& table);

/// What of the store has still to be made or made anew: nothing when all fits, else a few words for the operator.
/// Throws std::runtime_error with one line when the database holds something that cannot become this store.
std::optional<std::string> missing_in_postgres(Connection& connection);

/// Makes what is missing, in one transaction, alone; and gives `service_role` the rights to serve, unless that is the
/// role of the connection. Throws std::runtime_error, as above and when the role may not do it.
void prepare_postgres_schema(Connection& connection, const std::string& service_role, const Progress& on_progress);

}  // namespace contactd::store
