// The connections on which long reads run, one read at a time on each.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "store/postgres.hpp"
#include "store/session.hpp"

namespace contactd::store {

/// A connection, and the numbers of tenants as its server has told them: a server that takes over after another may
/// have given a number anew that had not reached it.
struct KnowingConnection {
  std::unique_ptr<Connection> connection;
  TenantNumbers tenants;
};

/// Opens nothing yet. `wrap` is StoreSettings::wrap.
std::unique_ptr<KnowingConnection> make_knowing_connection(
    PostgresOptions options, const std::function<std::unique_ptr<Connection>(std::unique_ptr<Connection>)>& wrap);

/// Runs `work` in a transaction that reads; at most so often, when others or the network were in the way. Throws what
/// the last run threw.
void read_on(KnowingConnection& at, const Caller& caller, int times_max, FunctionRef<void(Session&)> work);

class ReadConnections {
 public:
  /// A connection that is somebody's until this goes.
  class Lease {
   public:
    explicit Lease(ReadConnections& connections) : connections_(connections), at_(connections.take()) {}
    ~Lease() { connections_.add(std::move(at_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    KnowingConnection& operator*() const { return *at_; }

   private:
    ReadConnections& connections_;
    std::unique_ptr<KnowingConnection> at_;
  };

  void add(std::unique_ptr<KnowingConnection> connection);

 private:
  /// A thread that finds none idle waits for one.
  std::unique_ptr<KnowingConnection> take();

  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<KnowingConnection>> idle_;  // the one used last is used first
};

}  // namespace contactd::store
