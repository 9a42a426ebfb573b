// What creates write: the statements that the service runs for each, with their values, noted while it runs them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "../../tests/support/forwarding_connection.hpp"

namespace contactd::bench {

using KeptValue = std::variant<std::monostate, std::int64_t, std::string>;

struct Write {
  std::size_t statement = 0;  ///< Its index in Recording::statements.
  std::vector<KeptValue> values;
};

struct Create {
  std::vector<Write> own;       ///< What the request itself writes.
  std::vector<Write> of_group;  ///< What the writer writes at the end of a group: the search tables' share.
};

struct Recording {
  bool on = false;
  std::vector<std::string> statements;
  std::vector<Create> creates;
  /// The settings of the service's writer that matter to the cost of writing: `PRAGMA name=value`, by name.
  std::vector<std::pair<std::string, std::string>> pragmas;
};

/// Whether a statement changes rows, by its first word.
bool is_write(std::string_view sql);

/// Notes in the recording what goes through it, as long as that is on; one transaction must hold one create. It may
/// only be read once the store is closed: the writer's thread fills it.
class RecordingConnection final : public store::test::ForwardingConnection {
 public:
  RecordingConnection(std::unique_ptr<Connection> inner, Recording& recording)
      : ForwardingConnection(std::move(inner)), recording_(recording) {}

  std::int64_t run(std::string_view sql, std::span<const store::Value> values, store::RowVisitor visit) override;
  void send(std::string_view sql, std::span<const store::Value> values) override {
    run(sql, values, [](const store::Row&) { return true; });
  }
  void begin_write() override;

 private:
  std::size_t statement_of(std::string_view sql);

  Recording& recording_;
  std::unordered_map<std::string, std::size_t> numbers_;
  bool inside_request_ = false;
};

/// Reads the settings of a connection that a replay has to have too.
void read_pragmas(store::Connection& connection, Recording& recording);

}  // namespace contactd::bench
