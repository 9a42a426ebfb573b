// One link to a PostgreSQL server: opened as libpq does, watched for silence, closed. In pipeline mode all along.
#pragma once

#include <memory>
#include <string>

#include "store/postgres.hpp"
#include "store/postgres_primary.hpp"

struct pg_conn;
struct pg_result;

namespace contactd::store {

struct ClearResult {
  void operator()(pg_result* result) const;
};
using PostgresResult = std::unique_ptr<pg_result, ClearResult>;

class PostgresLink {
 public:
  explicit PostgresLink(const PostgresOptions& options);
  ~PostgresLink() { close(); }
  PostgresLink(const PostgresLink&) = delete;
  PostgresLink& operator=(const PostgresLink&) = delete;

  bool is_open() const { return connection_ != nullptr; }
  /// Whether it leads to a server that was the primary, while another one is known to have been promoted since.
  bool is_superseded() const { return is_open() && primary_->is_behind(timeline_); }
  /// Throws StoreError `away` when no server can be had; after a failure it does not try again for a moment.
  void open();
  void close();
  pg_conn* connection() { return connection_; }

  /// The next result, or null where libpq gives null. Throws StoreError when the link is lost (`again`) or silent for
  /// too long (`away`), which closes it.
  PostgresResult next();
  /// Sends what waits to be sent, as far as that goes without waiting.
  void flush();
  /// Closes the link and throws a StoreError.
  [[noreturn]] void lose(const std::string& why, StoreError::Kind kind = StoreError::Kind::again);
  /// Whether the server has warned since this was asked last.
  bool take_warning();

 private:
  void open_at(const std::optional<PostgresAddress>& only);
  void wait_until_readable();

  const PostgresOptions& options_;
  std::shared_ptr<PostgresPrimary> primary_;
  std::int64_t timeline_ = 0;  // of the server when it was opened
  pg_conn* connection_ = nullptr;
  std::chrono::steady_clock::time_point next_attempt_{};
  bool warned_ = false;
};

}  // namespace contactd::store
