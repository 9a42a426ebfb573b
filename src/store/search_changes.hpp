// The search tables' share of a group of writes: gathered while its requests run, written once before the commit.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "store/connection.hpp"

namespace contactd::store {

/// The table in which `search` looks for rows of that table.
inline std::string search_table(std::string_view table) {
  return std::string(table) + "_search";
}

/// How many pages of a search table are merged behind that many changed rows. FTS5 adds a segment at each commit and
/// has to merge them; by itself it does so in large pieces, and whoever writes meanwhile waits. A little behind each
/// group comes to the same: where eight segments become one, a row is merged some four times, each time into about a
/// twentieth of a page. Less than that lets the segments of the upper levels pile up.
constexpr std::int64_t merged_pages(std::size_t rows) {
  return 1 + static_cast<std::int64_t>(rows) / 4;
}

/// What became of the searched texts of some rows. FTS5 writes out what it holds at every savepoint and whenever a row
/// comes out of order: so a request only notes its changes, which go with it when it is refused, and those of the whole
/// group are written in the order of the rows, each row once. Nothing reads a search table within a group.
class SearchChanges {
 public:
  /// What was and is to be found of a row (`indexed_text`) before and after a write; empty when there was, or is,
  /// nothing.
  void add(const std::string& table, std::int64_t place, std::string before, std::string after);
  /// Takes over what a later request noted.
  void join(SearchChanges later);
  /// Writes all of it and forgets it. Throws StoreError.
  void write(Connection& connection);
  bool empty() const { return changes_.empty(); }

 private:
  struct Texts {
    std::string before, after;
  };
  std::map<std::string, std::map<std::int64_t, Texts>> changes_;
};

}  // namespace contactd::store
