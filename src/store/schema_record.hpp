// What a store says of its own shape: its columns, its indexes, and the migrations that it has been through.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "store/schema.hpp"

namespace contactd::store {

struct SchemaRecord {
  std::map<std::string, std::map<std::string, std::string>> tables;  ///< Types by column, by table.
  std::map<std::string, std::string> indexes;                        ///< Statements by name; of functions too.
  std::map<std::int64_t, std::string> migrations;                    ///< Names by number.
};

/// The tables of the record itself, in the order of their introduction. They are no part of what they tell of.
inline constexpr std::string_view columns_record = "schema_columns";
inline constexpr std::string_view indexes_record = "schema_indexes";
inline constexpr std::string_view migrations_record = "schema_migrations";
const std::vector<TableShape>& record_tables();

/// Reads what there is of a record; a store of an earlier version may lack parts of it. `objects` are the connection's.
/// Throws StoreError.
SchemaRecord read_record(Connection& connection, const std::vector<std::string>& objects);

/// The statements that make the record say `after` where it said `before`.
std::vector<std::string> change_record_statements(const SchemaRecord& before, const SchemaRecord& after,
                                                  std::int64_t applied_at);

/// A text as a literal of SQL.
std::string quoted_text(std::string_view text);

bool has_object(const std::vector<std::string>& names, std::string_view name);

}  // namespace contactd::store
