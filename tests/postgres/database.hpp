// A database of its own for a test, on the server that tests/postgres/with_cluster.py has started.
#pragma once

#include <atomic>
#include <cstdlib>
#include <string>

#include <unistd.h>

#include "store/postgres.hpp"

namespace contactd::test {

/// The folder of the server's socket; empty when there is no server for tests.
inline std::string postgres_socket() {
  const char* socket = std::getenv("CONTACTD_TEST_POSTGRES");
  return socket == nullptr ? "" : socket;
}

inline std::string postgres_url(const std::string& role, const std::string& database) {
  return "postgresql:///" + database + "?host=" + postgres_socket() + "&user=" + role;
}

/// Empty, owned by contactd_owner; gone with this object.
class TemporaryDatabase {
 public:
  TemporaryDatabase() {
    static std::atomic<int> number{0};
    name_ = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++number);
    administer("CREATE DATABASE " + name_ + " OWNER contactd_owner");
  }
  ~TemporaryDatabase() {
    try {
      administer("DROP DATABASE " + name_ + " WITH (FORCE)");
    } catch (const std::exception&) {
      // The server goes with the tests, and the database with it.
    }
  }
  TemporaryDatabase(const TemporaryDatabase&) = delete;
  TemporaryDatabase& operator=(const TemporaryDatabase&) = delete;

  /// `contactd` serves, `contactd_owner` makes the schema, `postgres` may do anything.
  std::string url(const std::string& role = "contactd") const { return postgres_url(role, name_); }
  const std::string& name() const { return name_; }

  static void administer(const std::string& sql) {
    store::PostgresOptions options;
    options.url = postgres_url("postgres", "postgres");
    options.prepared_statements = false;
    const auto connection = store::make_postgres_connection(options);
    connection->run(sql);
  }

 private:
  std::string name_;
};

}  // namespace contactd::test
