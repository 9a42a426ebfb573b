// A table's first constraint names its key; a table without one has it with a column.
#include "store/copy_tables.hpp"

#include <algorithm>

#include "store/schema_dialect.hpp"

namespace contactd::store {
namespace {

constexpr std::string_view tenant_column = "tenant_id", place_column = "place", labels_column = "tags";

/// Made anew by the target, or saying of what is made anew by which version it was.
constexpr std::string_view versions_table = "derived_versions";

bool ends_with_counts(const TableShape& table) {
  return table.name.ends_with(counts_table(""));
}
bool ends_with_labels(const TableShape& table) {
  return table.name.ends_with(tags_table(""));
}

/// "a", "b" of "PRIMARY KEY (tenant_id, a, b)".
std::vector<std::string> columns_within(const std::string& constraint) {
  std::vector<std::string> names;
  std::string_view list(constraint);
  list = list.substr(list.find('(') + 1);
  list = list.substr(0, list.find(')'));
  while (!list.empty()) {
    const auto comma = list.find(", ");
    const std::string_view name = list.substr(0, comma);
    if (name != tenant_column) names.emplace_back(name);
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 2);
  }
  return names;
}

bool names_key(const std::string& constraint) {
  return constraint.starts_with("PRIMARY KEY (") || constraint.starts_with("UNIQUE (");
}

std::vector<std::string> key_of(const TableShape& table) {
  if (!table.constraints.empty() && names_key(table.constraints.front())) {
    return columns_within(table.constraints.front());
  }
  for (const ColumnShape& column : table.columns) {
    if (column.type.find("PRIMARY KEY") != std::string::npos) return {column.name};
  }
  return {};
}

CopiedTable copied_table(const TableShape& shape) {
  CopiedTable table{.name = shape.name, .columns = {}, .key = key_of(shape)};
  for (const ColumnShape& column : shape.columns) {
    if (column.name == place_column) {
      table.has_places = true;
    } else {
      table.columns.push_back(column);
    }
  }
  table.is_of_tenants = shape.columns.front().name == tenant_column && table.key.front() != tenant_column;
  return table;
}

std::size_t column_position(const CopiedTable& table, std::string_view name) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const ColumnShape& column) { return column.name == name; });
  return static_cast<std::size_t>(found - table.columns.begin());
}

/// `shape` is that of the table of labels: the tenant, the label, then columns of the row.
LabelTable labels_of(const CopiedTable& table, const TableShape& shape) {
  LabelTable labels{shape.name, column_position(table, labels_column), {}};
  for (std::size_t i = 2; i < shape.columns.size(); ++i) {
    labels.others.push_back(column_position(table, shape.columns[i].name));
  }
  return labels;
}

std::string key_names(const CopiedTable& table) {
  return joined(table.key);
}

}  // namespace

bool is_text(const ColumnShape& column) {
  return column.type.starts_with("TEXT");
}

std::string column_names(const CopiedTable& table) {
  std::vector<std::string> names;
  for (const ColumnShape& column : table.columns) names.push_back(column.name);
  return joined(names);
}

std::vector<CopiedTable> copied_tables() {
  std::vector<CopiedTable> tables;
  for (const TableShape& shape : contact_store_tables()) {
    if (shape.name == versions_table || ends_with_counts(shape)) continue;
    if (ends_with_labels(shape)) {
      const auto of = std::find_if(tables.begin(), tables.end(),
                                   [&](const CopiedTable& table) { return tags_table(table.name) == shape.name; });
      if (of != tables.end()) of->labels = labels_of(*of, shape);
    } else {
      tables.push_back(copied_table(shape));
    }
  }
  std::stable_partition(tables.begin(), tables.end(), [](const CopiedTable& table) { return !table.is_of_tenants; });
  return tables;
}

std::vector<CopiedTable> label_tables() {
  std::vector<CopiedTable> tables;
  for (const TableShape& shape : contact_store_tables()) {
    if (ends_with_labels(shape)) tables.push_back(copied_table(shape));
  }
  return tables;
}

std::vector<CountTable> count_tables() {
  std::vector<CountTable> tables;
  for (const TableShape& shape : contact_store_tables()) {
    if (!ends_with_counts(shape)) continue;
    const std::size_t name_length = shape.name.size() - counts_table("").size();
    tables.push_back({shape.name, shape.name.substr(0, name_length), columns_within(shape.constraints.front())});
  }
  return tables;
}

std::string page_sql(const CopiedTable& table) {
  std::string sql = "SELECT " + column_names(table) + " FROM " + table.name;
  if (!table.is_of_tenants) return sql + " ORDER BY " + key_names(table);
  std::string behind;
  int place = 2;
  for (std::size_t i = 0; i < table.key.size(); ++i) behind += (i == 0 ? "$" : ", $") + std::to_string(place++);
  return sql + " WHERE " + tenant_wall(table.name) + " AND (" + key_names(table) + ") > (" + behind + ") ORDER BY " +
         key_names(table) + " LIMIT $" + std::to_string(place);
}

std::string shapes_as_text() {
  std::string text;
  for (const TableShape& table : contact_store_tables())
    text += create_table_sql(table, sqlite_schema_dialect()) + "\n";
  return text;
}

}  // namespace contactd::store
