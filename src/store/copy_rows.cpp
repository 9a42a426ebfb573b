// One statement for each row, of which nothing is awaited: an engine far away has many of them on their way at once.
#include "store/copy_rows.hpp"

#include "store/copy_reader.hpp"
#include "store/dialect.hpp"

namespace contactd::store {
namespace {

std::string insert_sql(const std::string& table, const std::string& columns, std::size_t count) {
  std::string places;
  for (std::size_t i = 1; i <= count; ++i) places += (i == 1 ? "$" : ", $") + std::to_string(i);
  return "INSERT INTO " + table + " (" + columns + ") VALUES (" + places + ")";
}

std::string label_columns(const CopiedTable& table) {
  std::string columns = "tenant_id, tag";
  for (const std::size_t other : table.labels->others) columns += ", " + table.columns[other].name;
  return columns;
}

/// The place of the tenant's newest row; behind it is the next one's.
std::int64_t newest_place(Connection& target, const CopiedTable& table, std::int64_t tenant) {
  std::int64_t newest = tenant << place_bits;
  const Value values[] = {tenant};
  target.run("SELECT place FROM " + table.name + " WHERE " + tenant_wall(table.name) + " ORDER BY id DESC LIMIT 1",
             values, [&](const Row& row) {
               newest = row.integer(0);
               return false;
             });
  return newest;
}

}  // namespace

RowWriter::RowWriter(Connection& target, const CopiedTable& table, std::int64_t tenant)
    : target_(target), table_(table), tenant_(tenant) {
  const bool is_placed = table.has_places && target.dialect().has_places;
  if (is_placed) last_place_ = newest_place(target, table, tenant);
  insert_sql_ = insert_sql(table.name, column_names(table) + (is_placed ? ", place" : ""),
                           table.columns.size() + (is_placed ? 1 : 0));
  if (table.labels) {
    insert_label_sql_ = insert_sql(table.labels->name, label_columns(table), table.labels->others.size() + 2);
  }
}

void RowWriter::write(const Row& row) {
  values_.clear();
  for (std::size_t i = 0; i < table_.columns.size(); ++i) {
    values_.push_back(value_of(row, static_cast<int>(i), is_text(table_.columns[i])));
  }
  if (last_place_) values_.emplace_back(++*last_place_);
  target_.send(insert_sql_, values_);
  if (table_.labels) write_labels(row);
}

void RowWriter::write_labels(const Row& row) {
  for_each_label(row.text(static_cast<int>(table_.labels->labels)), [&](std::string_view label) {
    values_.clear();
    values_.emplace_back(tenant_);
    values_.emplace_back(label);
    for (const std::size_t other : table_.labels->others) {
      values_.push_back(value_of(row, static_cast<int>(other), is_text(table_.columns[other])));
    }
    target_.send(insert_label_sql_, values_);
  });
}

void make_counts(Connection& target, const CountTable& table, std::int64_t tenant) {
  const bool has_shards = target.dialect().counts_have_shards;
  const std::string columns = "tenant_id" + (table.columns.empty() ? "" : ", " + joined(table.columns));
  target.enter_tenant(tenant);
  const Value values[] = {tenant};
  target.run("DELETE FROM " + table.name + " WHERE " + tenant_wall(table.name), values);
  target.run("INSERT INTO " + table.name + " (" + columns + (has_shards ? ", shard" : "") + ", total) SELECT " +
                 columns + (has_shards ? ", 0" : "") + ", COUNT(*) FROM " + table.of + " WHERE " +
                 tenant_wall(table.of) + " GROUP BY " + columns,
             values);
}

std::int64_t rows_there(Connection& target, const CopiedTable& table, std::int64_t tenant) {
  std::int64_t rows = 0;
  target.enter_tenant(tenant);
  const Value values[] = {tenant};
  target.run("SELECT COUNT(*) FROM " + table.name + " WHERE " + tenant_wall(table.name), values, [&](const Row& row) {
    rows = row.integer(0);
    return false;
  });
  return rows;
}

}  // namespace contactd::store
