// What is thrown while a row is written is about the target, though it passes through the reading of the source.
#include "store/copy_page.hpp"

#include "store/copy_failed.hpp"
#include "store/copy_rows.hpp"

namespace contactd::store {
namespace {

/// An id may be shown; what else names a row is a value.
std::string in_words(const CopyTask& task, const std::vector<int>& key_columns, const Row& row) {
  const bool is_named_by_id = task.table.key.back() == "id";
  std::string words = is_named_by_id ? "the row " + std::string(row.text(key_columns.back())) + " of" : "a row of";
  words += " the table " + task.table.name;
  return task.tenant == 0 ? words : words + " of the tenant " + name_of_tenant(task.source, task.tenant);
}

}  // namespace

CopiedPage bring_page(const CopyTask& task, CopyReader& reader, CopyWaits waits) {
  CopiedPage page;
  RowWriter writer(task.target, task.table, task.tenant);
  const auto write = [&](const Row& row) {
    writer.write(row);
    if (waits == CopyWaits::for_each_row) task.target.run("SELECT 1");
  };
  const auto write_named = [&](const Row& row) {
    try {
      write(row);
    } catch (const StoreError& error) {
      if (waits == CopyWaits::for_the_page || !is_of_a_row(error.kind)) throw;
      throw StoreError(error.kind, in_words(task, reader.key_columns(), row) + ": " + error.what());
    }
  };
  with(task.from.name, [&] {
    page.has_more = reader.next_page([&](const Row& row) {
      with(task.to.name, [&] { write_named(row); });
      ++page.rows;
    });
  });
  return page;
}

}  // namespace contactd::store
