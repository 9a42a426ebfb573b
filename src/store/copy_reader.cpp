// Pages by key cost the same at any depth. A hash is made of each value's kind, length and bytes.
#include "store/copy_reader.hpp"

#include <algorithm>
#include <cstring>

namespace contactd::store {

CopyReader::CopyReader(Connection& connection, const CopiedTable& table, std::int64_t tenant, std::int64_t page_rows)
    : connection_(connection),
      table_(table),
      tenant_(tenant),
      page_rows_(page_rows),
      sql_(page_sql(table)),
      behind_(table.key.size()) {
  for (const std::string& name : table.key) {
    const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                     [&](const ColumnShape& shape) { return shape.name == name; });
    key_columns_.push_back(static_cast<int>(column - table.columns.begin()));
  }
}

void CopyReader::begin_behind_newest_of(Connection& other) {
  std::vector<std::string> descending;
  for (const std::string& name : table_.key) descending.push_back(name + " DESC");
  const std::string sql = "SELECT " + joined(table_.key) + " FROM " + table_.name + " WHERE " +
                          tenant_wall(table_.name) + " ORDER BY " + joined(descending) + " LIMIT 1";
  other.enter_tenant(tenant_);
  const Value values[] = {tenant_};
  other.run(sql, values, [&](const Row& row) {
    for (std::size_t i = 0; i < behind_.size(); ++i) behind_[i] = row.text(static_cast<int>(i));
    return false;
  });
}

bool CopyReader::next_page(FunctionRef<void(const Row&)> visit) {
  std::vector<Value> values;
  if (table_.is_of_tenants) {
    connection_.enter_tenant(tenant_);
    values.emplace_back(tenant_);
    for (const std::string& text : behind_) values.emplace_back(std::string_view(text));
    values.emplace_back(page_rows_);
  }
  // The values look into `behind_` until the statement has run.
  std::vector<std::string> last = behind_;
  std::int64_t rows = 0;
  connection_.run(sql_, values, [&](const Row& row) {
    visit(row);
    for (std::size_t i = 0; i < last.size(); ++i) last[i] = row.text(key_columns_[i]);
    ++rows;
    return true;
  });
  behind_ = std::move(last);
  return table_.is_of_tenants && rows == page_rows_;
}

Value value_of(const Row& row, int column, bool is_text) {
  if (row.is_null(column)) return std::monostate{};
  if (is_text) return row.text(column);
  return row.integer(column);
}

void RowHash::mix(std::uint64_t word) {
  state_ = (state_ ^ word) * 0x9E3779B97F4A7C15U;
  state_ ^= state_ >> 32;
}

void RowHash::add(const Value& value) {
  mix(value.index());
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    mix(static_cast<std::uint64_t>(*number));
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    mix(text->size());
    for (std::size_t at = 0; at < text->size(); at += sizeof(std::uint64_t)) {
      std::uint64_t word = 0;
      std::memcpy(&word, text->data() + at, std::min(sizeof word, text->size() - at));
      mix(word);
    }
  }
}

std::uint64_t RowHash::value() const {
  std::uint64_t number = (state_ ^ (state_ >> 30)) * 0xBF58476D1CE4E5B9U;
  number = (number ^ (number >> 27)) * 0x94D049BB133111EBU;
  return number ^ (number >> 31);
}

std::uint64_t hash_of(const Row& row, const std::vector<ColumnShape>& columns) {
  RowHash hash;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    hash.add(value_of(row, static_cast<int>(i), is_text(columns[i])));
  }
  return hash.value();
}

}  // namespace contactd::store
