// A connection around another one: tests override what they watch or spoil of it.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "store/connection.hpp"

namespace contactd::store::test {

/// Hands everything on, but for `run_by_id`: row by row it comes through `run`, where tests watch. Who overrides `run`
/// to see every statement overrides `send` too.
class ForwardingConnection : public Connection {
 public:
  explicit ForwardingConnection(std::unique_ptr<Connection> inner) : inner_(std::move(inner)) {}

  std::int64_t run(std::string_view sql, std::span<const Value> values, RowVisitor visit) override {
    return inner_->run(sql, values, visit);
  }
  void send(std::string_view sql, std::span<const Value> values) override { inner_->send(sql, values); }
  void run_script(const std::string& sql) override { inner_->run_script(sql); }
  void begin_read() override { inner_->begin_read(); }
  void begin_write() override { inner_->begin_write(); }
  void commit() override { inner_->commit(); }
  void rollback() override { inner_->rollback(); }
  bool in_transaction() const override { return inner_->in_transaction(); }
  std::vector<std::string> objects() override { return inner_->objects(); }
  void checkpoint_if_due(bool busy) override { inner_->checkpoint_if_due(busy); }
  const Dialect& dialect() const override { return inner_->dialect(); }
  void enter_tenant(std::int64_t tenant) override { inner_->enter_tenant(tenant); }
  std::int64_t shard() const override { return inner_->shard(); }
  void find_server_anew() override { inner_->find_server_anew(); }

 private:
  std::unique_ptr<Connection> inner_;
};

}  // namespace contactd::store::test
