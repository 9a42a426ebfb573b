// Both are read in the order of their keys, hashes are added up, and the first row that differs is remembered.
#include "store/copy_verify.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "store/copy_reader.hpp"

namespace contactd::store {
namespace {

struct Sum {
  std::int64_t rows = 0;
  std::uint64_t hashes = 0;  ///< Of the rows, added up: whatever their order.
  void add(std::uint64_t hash) {
    ++rows;
    hashes += hash;
  }
  bool operator==(const Sum&) const = default;
};

std::string in_words(const Sum& sum) {
  std::array<char, 17> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(sum.hashes));
  return std::to_string(sum.rows) + " rows with the checksum " + digits.data();
}

/// A row in the order of keys, and what all its columns come to.
struct Hashed {
  std::string id;
  std::uint64_t hash;
};

/// One of the two stores, on its way through a table.
class Side {
 public:
  Side(Connection& connection, const CopiedTable& table, std::int64_t tenant, std::int64_t page_rows)
      : columns_(table.columns), reader_(connection, table, tenant, page_rows) {}

  void next_page() {
    page.clear();
    if (!has_more_) return;
    const int id = reader_.key_columns().back();
    has_more_ = reader_.next_page([&](const Row& row) {
      page.push_back({std::string(row.text(id)), hash_of(row, columns_)});
      sum.add(page.back().hash);
    });
  }

  std::vector<Hashed> page;
  Sum sum;

 private:
  const std::vector<ColumnShape>& columns_;
  CopyReader reader_;
  bool has_more_ = true;
};

/// The id of the first row that one of the pages has otherwise than the other.
std::optional<std::string> first_difference(const Side& source, const Side& target) {
  const std::size_t rows = std::max(source.page.size(), target.page.size());
  for (std::size_t i = 0; i < rows; ++i) {
    if (i >= source.page.size()) return target.page[i].id;
    if (i >= target.page.size() || source.page[i].hash != target.page[i].hash) return source.page[i].id;
  }
  return std::nullopt;
}

struct Stores {
  Connection& source;
  Connection& target;
};

[[noreturn]] void refuse(const Stores& stores, const std::string& table, std::int64_t tenant, const Sum& source,
                         const Sum& target, const std::string& detail) {
  std::string what = "the copy differs from its source in the table " + table;
  if (tenant != 0) what += " of the tenant " + name_of_tenant(stores.source, tenant);
  throw CopyDiffers(what + ": " + in_words(source) + " there, " + in_words(target) + " in the copy" + detail);
}

void compare_table(const Stores& stores, const CopiedTable& table, std::int64_t tenant, std::int64_t page_rows,
                   FunctionRef<void(std::int64_t)> on_rows) {
  Side source(stores.source, table, tenant, page_rows), target(stores.target, table, tenant, page_rows);
  std::optional<std::string> difference;
  do {
    source.next_page();
    target.next_page();
    if (!difference) difference = first_difference(source, target);
    on_rows(static_cast<std::int64_t>(source.page.size()));
  } while (!source.page.empty() || !target.page.empty());
  if (source.sum == target.sum && !difference) return;
  // An id may be shown; what else names a row is a value.
  const bool is_named_by_id = table.key.back() == "id" && difference.has_value();
  refuse(stores, table.name, tenant, source.sum, target.sum,
         is_named_by_id ? "; the first row that differs is " + *difference : "");
}

/// Exact counts, whatever their parts. A cell that once had rows may be there with none.
Sum sum_of_counts(Connection& connection, const CountTable& table, std::int64_t tenant) {
  const std::string columns = joined(table.columns);
  const std::string sql = "SELECT SUM(total)" + (columns.empty() ? "" : ", " + columns) + " FROM " + table.name +
                          " WHERE " + tenant_wall(table.name) + " GROUP BY tenant_id" +
                          (columns.empty() ? "" : ", " + columns) + " HAVING SUM(total) <> 0";
  Sum sum;
  connection.enter_tenant(tenant);
  const Value values[] = {tenant};
  connection.run(sql, values, [&](const Row& row) {
    RowHash hash;
    hash.add(row.integer(0));
    for (std::size_t i = 0; i < table.columns.size(); ++i) hash.add(value_of(row, static_cast<int>(i) + 1, true));
    sum.add(hash.value());
    return true;
  });
  return sum;
}

void compare_counts(const Stores& stores, const CountTable& table, std::int64_t tenant) {
  const Sum source = sum_of_counts(stores.source, table, tenant), target = sum_of_counts(stores.target, table, tenant);
  if (source == target) return;
  refuse(stores, table.name, tenant, source, target,
         "; counts are made from the rows, so that those of the source may be wrong: see contactd check");
}

}  // namespace

void verify_copy(Connection& source, Connection& target, const SourceState& state, std::int64_t page_rows,
                 FunctionRef<void(std::int64_t)> on_rows) {
  const Stores stores{source, target};
  const std::vector<CopiedTable> tables = copied_tables(), labels = label_tables();
  const std::vector<CountTable> counts = count_tables();
  for (const CopiedTable& table : tables) {
    if (!table.is_of_tenants) compare_table(stores, table, 0, page_rows, on_rows);
  }
  for (const std::int64_t tenant : state.tenants) {
    for (const CopiedTable& table : tables) {
      if (table.is_of_tenants) compare_table(stores, table, tenant, page_rows, on_rows);
    }
    for (const CopiedTable& table : labels) compare_table(stores, table, tenant, page_rows, [](std::int64_t) {});
    for (const CountTable& table : counts) compare_counts(stores, table, tenant);
  }
}

}  // namespace contactd::store
