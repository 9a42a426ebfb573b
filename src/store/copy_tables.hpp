// What of a store a copy moves, and what follows from that, derived from the descriptions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "store/schema.hpp"

namespace contactd::store {

/// Where the labels of a table's rows are kept besides: made from the rows as they arrive.
struct LabelTable {
  std::string name;
  std::size_t labels;               ///< Which of the row's columns holds them, joined.
  std::vector<std::size_t> others;  ///< Which of the row's columns stand with each label, behind the tenant and it.
};

/// A table as both engines have it: its place and the parts of its counts are no part of it.
struct CopiedTable {
  std::string name;
  std::vector<ColumnShape> columns;
  std::vector<std::string> key;  ///< Names a row within the store, or within its tenant; texts, but for `tenants`.
  bool is_of_tenants = true;     ///< Its first column is the tenant, and each row is behind that tenant's wall.
  bool has_places = false;       ///< Where rows have a place (`Dialect::has_places`).
  std::optional<LabelTable> labels = {};
};

bool is_text(const ColumnShape& column);
std::string column_names(const CopiedTable& table);

/// Those whose rows are copied, each behind those that it refers to. Those of the whole store (tenants, secrets) come
/// first.
std::vector<CopiedTable> copied_tables();
/// Those that keep labels, which only the target's own rows make.
std::vector<CopiedTable> label_tables();

/// Exact counts, which only the target's own rows make.
struct CountTable {
  std::string name;
  std::string of;                    ///< The table whose rows are counted.
  std::vector<std::string> columns;  ///< The counted ones.
};
std::vector<CountTable> count_tables();

/// A page of a table's rows in the order of their keys: `$1` is the tenant, then the key behind which it begins, then
/// how many rows. A table of the whole store is one page and takes no values.
std::string page_sql(const CopiedTable& table);

/// All shapes in one text: two programs that differ in it must not work on one copy.
std::string shapes_as_text();

}  // namespace contactd::store
