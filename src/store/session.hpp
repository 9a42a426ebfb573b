// A connection in the hands of one caller: every statement runs behind the wall between tenants.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ulid.hpp"
#include "store/columns.hpp"
#include "store/connection.hpp"
#include "store/dialect.hpp"
#include "store/search_changes.hpp"
#include "store/tenant_numbers.hpp"

namespace contactd::store {

/// On whose behalf something is done. Views: whoever asks keeps the texts until the work has ended.
struct Caller {
  std::string_view tenant;
  std::string_view user;
  std::string_view request_id;
};

/// What a read works with. The tenant's number is the first value of every statement (`$1`) and cannot be left out.
class Session {
 public:
  /// `tenant_number` 0 stands for a tenant that has nothing yet.
  Session(Connection& connection, const Caller& caller, std::int64_t tenant_number)
      : connection_(connection), caller_(caller), tenant_number_(tenant_number) {
    connection_.enter_tenant(tenant_number_);
  }

  const Caller& caller() const { return caller_; }
  std::int64_t tenant_number() const { return tenant_number_; }
  const Dialect& dialect() const { return connection_.dialect(); }
  /// `Connection::shard`.
  std::int64_t shard() const { return connection_.shard(); }
  /// Whether a row that is found has to stay as it is until the transaction ends.
  bool locks_rows() const { return locks_rows_; }

  /// Values that begin with the tenant; add the statement's own behind it.
  Values values() const {
    Values values;
    values.add(tenant_number_);
    return values;
  }
  std::int64_t run(std::string_view sql, const Values& values, RowVisitor visit) {
    return connection_.run(sql, values.span(), visit);
  }
  /// Of which nothing is awaited: `Connection::send`.
  void run(std::string_view sql, const Values& values) { connection_.send(sql, values.span()); }
  /// `Connection::run_by_id`, in the session's tenant.
  void run_by_id(const SelectById& select, std::string_view id, RowVisitor visit) {
    connection_.run_by_id(select, tenant_number_, {&id, 1}, visit);
  }
  void run_by_id(const SelectById& select, std::span<const std::string> ids, RowVisitor visit);
  /// The first column of the first row, if there is one.
  std::optional<std::int64_t> first_integer(std::string_view sql, const Values& values);
  std::optional<std::string> first_text(std::string_view sql, const Values& values);

 protected:
  Connection& connection_;
  const Caller& caller_;
  std::int64_t tenant_number_;
  bool locks_rows_ = false;
};

/// What a write works with: a session on the writer, inside the group's transaction, with the source of ids and times.
class WriteSession : public Session {
 public:
  /// Gives the tenant a number if this is its first write. `tenants` are those of earlier groups.
  WriteSession(Connection& connection, const Caller& caller, StampSource& stamps, const TenantNumbers& tenants = {});
  StampSource& stamps() { return stamps_; }
  /// What the search tables have to follow, once this write stands.
  SearchChanges& search_changes() { return search_changes_; }

 private:
  StampSource& stamps_;
  SearchChanges search_changes_;
};

/// The number of a tenant, 0 when it has none yet.
std::int64_t tenant_number(Connection& connection, std::string_view tenant);

}  // namespace contactd::store
