// Moving house: a whole store, every tenant, from one engine to the other or to another store of the same.
#pragma once

#include "store/copy_ends.hpp"

namespace contactd::store {

struct CopyWishes {
  std::int64_t rows_at_once = 5'000;  ///< In one transaction of the target.
};

/// Hears how a copy gets on.
struct CopyReport {
  std::function<void(std::size_t done, std::size_t of)> on_rows;      ///< Rows that the target has.
  std::function<void(std::size_t done, std::size_t of)> on_verified;  ///< Rows that were compared.
  Progress on_progress;                                               ///< What takes long besides.
};

struct Copied {
  struct Table {
    std::string name;
    std::int64_t rows = 0;
  };
  std::vector<Table> tables;
  std::int64_t tenants = 0;
  std::int64_t rows = 0;
  std::int64_t rows_now = 0;  ///< Those that this run brought; an earlier one, which did not end, the others.
  double seconds = 0;         ///< In which it did.
};

/// Copies all rows to an empty store, which is made where there is none, and has the target derive from them what it
/// keeps besides; then reads both and compares. A target that an earlier run of the same copy left unfinished gets what
/// it lacks; one that is whole is read again. Until the end nobody serves the target. Nothing of the source is changed.
/// Throws std::runtime_error (or one derived from it) with a line for the operator.
Copied copy_store(const CopyPlace& from, const CopyPlace& to, const CopyWishes& wishes, const CopyReport& report);

}  // namespace contactd::store
