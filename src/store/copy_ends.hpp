// The two stores of a copy, opened as their engines need it.
#pragma once

#include <memory>
#include <string>

#include "store/connection.hpp"
#include "store/rebuild.hpp"
#include "store/store_settings.hpp"

namespace contactd::store {

/// A store by its settings, and as messages name it.
struct CopyPlace {
  StoreSettings settings;
  std::string name;  ///< Without a password.
};

/// Read, and never changed.
class CopySource {
 public:
  virtual ~CopySource() = default;
  virtual Connection& connection() = 0;
  /// A transaction that sees one snapshot and lasts as long as it takes.
  virtual void begin_read() { connection().begin_read(); }
  /// Whether others could write to it while it is open.
  virtual bool may_change() const = 0;
};

/// Written to by nobody else.
class CopyTarget {
 public:
  virtual ~CopyTarget() = default;
  virtual Connection& connection() = 0;
  /// Whether a source's connection, by whatever name it was made, leads to this very store.
  virtual bool is_store_of(Connection&) { return false; }
  /// Throws std::runtime_error when the roles of the target do not all see this store.
  virtual void require_one_store() {}
  /// A transaction that sees one snapshot and lasts as long as it takes.
  virtual void begin_read() { connection().begin_read(); }
  /// Throws StoreError when what kept others away was lost, so that another copy may have begun.
  virtual void require_alone() = 0;
  /// In a transaction, which holds it to its end: one that an earlier run has left behind on the server is over.
  virtual void wait_for_earlier_run() = 0;
  /// To the end of a transaction nobody becomes a tenant.
  virtual void hold_tenants() {}
  /// For the rest of a transaction that is rolled back, the rows of all tenants in a table are seen.
  virtual void lift_wall(const std::string& table) = 0;
  /// Makes the tables of a store that has none, and throws for one that is another version's or somebody else's. Not
  /// for an unfinished copy, which has them.
  virtual void prepare_schema() = 0;
  /// Behind the rows of `tenants`, in their transaction: the number of a new tenant is greater than theirs.
  virtual void note_tenants() = 0;
  /// What of the store follows from all of its rows together: search tables, and what the engine knows of its tables.
  virtual void finish(const Progress& on_progress) = 0;
};

/// Throws std::runtime_error with a line for the operator: no store there, in use, of another version, an unfinished
/// copy itself.
std::unique_ptr<CopySource> open_copy_source(const CopyPlace& place);

/// Throws std::runtime_error with a line for the operator: in use, another copy into it, cannot be reached, not a store
/// of contactd.
std::unique_ptr<CopyTarget> open_copy_target(const CopyPlace& place);

std::unique_ptr<CopySource> open_postgres_source(const CopyPlace& place);
std::unique_ptr<CopyTarget> open_postgres_target(const CopyPlace& place);

}  // namespace contactd::store
