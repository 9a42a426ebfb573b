// What has to be done to a store so that it has the shape of this version, and the doing of it.
#pragma once

#include <functional>
#include <stdexcept>

#include "store/schema_dialect.hpp"

namespace contactd::store {

/// How a store stands to this version.
enum class SchemaState {
  absent,   ///< There is nothing yet.
  current,  ///< It fits.
  older,    ///< The plan's steps bring it up to date.
  newer,    ///< A later version made it.
  foreign,  ///< Somebody else's tables.
  /// Of this version, but `contactd copy` has not come to its end.
  unfinished,
};

/// A store has this table as long as it is an unfinished copy (`store/copy_state.hpp`).
inline constexpr std::string_view unfinished_copy_table = "unfinished_copy";

/// One transaction.
struct SchemaStep {
  std::string title;  ///< For a numbered migration: its number and name.
  std::vector<std::string> statements;
  /// Runs behind them: what cannot be said in SQL.
  std::function<void(Connection&)> work = nullptr;
};

struct SchemaPlan {
  SchemaState state = SchemaState::absent;
  std::string reason;  ///< Of `newer`: what this version does not know. Of `foreign`: a name that is in the way.
  std::vector<SchemaStep> steps;
};

/// A store whose schema is not this version's, in words for the operator.
class SchemaMismatch : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What a store lacks, by its record, on either engine: first the numbered migrations that it has not been through, one
/// step each, then in one step what follows from the descriptions: tables and indexes that are new, columns of fields
/// that need no value. An addition of that kind needs no number; it counts as older all the same, and is made by
/// `migrate`, so that a program that only serves never changes a schema. Changes nothing. Throws SchemaMismatch when a
/// difference is none of these (a numbered migration is then missing), StoreError.
SchemaPlan plan_schema(Connection& connection, const std::vector<TableShape>& tables,
                       std::span<const Migration> migrations);
/// With the migrations of the connection's engine.
SchemaPlan plan_schema(Connection& connection, const std::vector<TableShape>& tables);
/// The plan for a store that does not exist.
SchemaPlan plan_new_schema(const SchemaDialect& dialect, const std::vector<TableShape>& tables,
                           std::span<const Migration> migrations);

/// Runs the steps, one transaction each; `on_step` hears of each before it begins. Nobody else may write meanwhile: the
/// caller holds the store's lock. References between rows that do not hold then roll the step back.
void run_plan(
    Connection& connection, const SchemaPlan& plan,
    FunctionRef<void(const SchemaStep&)> on_step = [](const SchemaStep&) {});

/// Makes a new store, or brings one up to date. Throws as `plan_schema` does, and SchemaMismatch for one of a later
/// version or of somebody else.
void prepare_schema(Connection& connection, const std::vector<TableShape>& tables);

/// Throws SchemaMismatch for a store that is newer, not a store of contactd, or an unfinished copy.
void refuse_stranger(const SchemaPlan& plan, const std::string& store);
/// Throws SchemaMismatch, with the command to run, for one that is older.
void refuse_older(const SchemaPlan& plan, const std::string& store, const std::string& migrate_command);

}  // namespace contactd::store
