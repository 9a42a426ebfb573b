// What a store is opened with.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "store/postgres.hpp"
#include "store/sqlite.hpp"
#include "store/writer.hpp"

namespace contactd::store {

struct PostgresSettings {
  PostgresOptions options;
  /// Who makes the schema, where the role that serves is not to own it; empty: the role that serves.
  std::string owner_url = {};
  /// Standbys of the store's server, which may answer long reads; empty: none.
  std::string replica_url = {};
  unsigned connections = 8;  ///< Half of them write, the others read.
};

struct StoreSettings {
  SqliteOptions sqlite;
  std::optional<PostgresSettings> postgres;  ///< Then the store is there, and nothing of `sqlite` counts.
  WriterSettings writer;                     ///< Its queue is that of both engines.
  StampSource stamps;                        ///< Tests bring their own.
  /// Given every connection before it is used; tests look at what runs, and change it.
  std::function<std::unique_ptr<Connection>(std::unique_ptr<Connection>)> wrap = nullptr;
  unsigned long_read_threads = 2;
  std::size_t long_read_queue_max = 1'024;  ///< More are refused: 503.
  /// How the operator brings this store up to date; a store of an earlier version is refused with it.
  std::string migrate_command = "contactd migrate";
  /// Hears of what takes long while the store opens.
  std::function<void(const std::string&)> on_progress = nullptr;
};

}  // namespace contactd::store
