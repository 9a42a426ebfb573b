// Locks of a whole database, for work of many transactions that nobody else may do meanwhile.
#pragma once

#include "store/postgres.hpp"

namespace contactd::store {

/// What a lock is for: two of the same are never held in one database. In bytes "contactd", and those
/// behind it.
enum class PostgresLockFor : std::int64_t {
  changing_schema = 7165916604736876644,
  copying = 7165916604736876645,
  writing_copy = 7165916604736876646,
};

/// A transaction on a connection of its own holds it: behind a pooler nothing else keeps one. So it is given back when
/// this process ends, however it does, and lost with the connection.
class PostgresLock {
 public:
  /// Takes nothing yet. Throws StoreError.
  PostgresLock(const PostgresOptions& options, PostgresLockFor what_for);
  PostgresLock(const PostgresLock&) = delete;
  PostgresLock& operator=(const PostgresLock&) = delete;

  /// False when somebody else holds it. Throws StoreError.
  bool try_to_take();
  /// Takes it when whoever holds it has ended. Throws StoreError.
  void wait_and_take();
  /// Whether a connection, by whatever name it was made, leads to the database in which this lock is held. By
  /// the database's name where an engine shows no locks. Throws StoreError.
  bool is_seen_by(Connection& other);
  /// Throws StoreError when what was taken was lost.
  void require() { connection_->run("SELECT 1"); }

 private:
  std::unique_ptr<Connection> connection_;  // whose end is that of the lock, also where the server says nothing
  PostgresLockFor what_for_;
};

/// The rest of the caller's transaction lasts as long as it takes, whatever is set for the role; but a server notices
/// within half a minute that the machine of this process has gone. Throws StoreError.
void take_time_for_transaction(Connection& connection);

/// Waits for a lock that a transaction of the caller's own then holds to its end. Throws StoreError.
void take_for_transaction(Connection& connection, PostgresLockFor what_for);

}  // namespace contactd::store
