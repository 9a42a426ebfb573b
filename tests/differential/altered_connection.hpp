// A connection that errs on purpose, to see that it is found out.
#pragma once

#include <memory>
#include <string>

#include "store/connection.hpp"

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

class AlteredConnection final : public store::Connection {
 public:
  AlteredConnection(std::unique_ptr<Connection> inner, const Alteration& alteration)
      : inner_(std::move(inner)), alteration_(alteration) {}

  std::int64_t run(std::string_view sql, std::span<const store::Value> values, store::RowVisitor visit) override {
    const auto at = sql.find(alteration_.statement_has);
    if (at == std::string_view::npos) return inner_->run(sql, values, visit);
    std::string altered(sql);
    altered.replace(at, alteration_.statement_has.size(), alteration_.instead);
    return inner_->run(altered, values, visit);
  }
  void send(std::string_view sql, std::span<const store::Value> values) override { inner_->send(sql, values); }
  void run_script(const std::string& sql) override { inner_->run_script(sql); }
  void begin_read() override { inner_->begin_read(); }
  void begin_write() override { inner_->begin_write(); }
  void commit() override { inner_->commit(); }
  void rollback() override { inner_->rollback(); }
  bool in_transaction() const override { return inner_->in_transaction(); }
  std::vector<std::string> objects() override { return inner_->objects(); }
  void checkpoint_if_due(bool busy) override { inner_->checkpoint_if_due(busy); }
  const store::Dialect& dialect() const override { return inner_->dialect(); }
  void enter_tenant(std::int64_t tenant) override { inner_->enter_tenant(tenant); }
  std::int64_t shard() const override { return inner_->shard(); }

 private:
  std::unique_ptr<Connection> inner_;
  const Alteration& alteration_;
};

}  // namespace contactd::differential
