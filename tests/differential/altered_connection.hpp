// A connection that errs on purpose, to see that it is found out.
#pragma once

#include <memory>
#include <string>

#include "../support/forwarding_connection.hpp"

namespace contactd::differential {

/// Wherever a statement has a text, it has another one.
struct Alteration {
  std::string_view name;
  std::string_view statement_has;
  std::string_view instead;
};

inline constexpr Alteration alterations[] = {
    {"a list by name the other way round", "contacts.name DESC", "contacts.name ASC"},
    {"a count that is one too high", "SELECT COUNT(*)", "SELECT 1 + COUNT(*)"},
};

class AlteredConnection final : public store::test::ForwardingConnection {
 public:
  AlteredConnection(std::unique_ptr<Connection> inner, const Alteration& alteration)
      : ForwardingConnection(std::move(inner)), alteration_(alteration) {}

  std::int64_t run(std::string_view sql, std::span<const store::Value> values, store::RowVisitor visit) override {
    const auto at = sql.find(alteration_.statement_has);
    if (at == std::string_view::npos) return ForwardingConnection::run(sql, values, visit);
    std::string altered(sql);
    altered.replace(at, alteration_.statement_has.size(), alteration_.instead);
    return ForwardingConnection::run(altered, values, visit);
  }

 private:
  const Alteration& alteration_;
};

}  // namespace contactd::differential
