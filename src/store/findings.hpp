// What a check found wrong, heard line by line, a bounded number of each kind.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>

namespace contactd::store {

/// What can be wrong, by what mends it.
enum class Part {
  file,      ///< Pages or tables, references between rows: only a backup mends that.
  rows,      ///< What rows say of themselves or of each other, and the history.
  indexes,   ///< An index that is missing.
  counters,  ///< Kept counts.
  labels,    ///< Which rows bear a label.
  search,    ///< Words, and keys of duplicates.
};

/// Whether it follows from the rows, so that it can be made anew.
inline bool is_derived(Part part) {
  return part != Part::file && part != Part::rows;
}

class Findings {
 public:
  explicit Findings(std::function<void(const std::string&)> on_line) : on_line_(std::move(on_line)) {}

  /// So many lines of each part of each table are told; then one says that there are more.
  static constexpr std::size_t told_max = 20;

  void add(Part part, const std::string& table, const std::string& what) {
    const std::size_t count = ++counts_[{part, table}];
    if (count <= told_max) on_line_(table + ": " + what);
    if (count == told_max + 1) on_line_(table + ": more of that kind");
  }
  /// Whether nothing more of that kind would be told.
  bool enough(Part part, const std::string& table) const {
    const auto found = counts_.find({part, table});
    return found != counts_.end() && found->second > told_max;
  }
  bool has(Part part, const std::string& table) const { return counts_.count({part, table}) != 0; }
  bool has(Part part) const {
    for (const auto& [where, count] : counts_) {
      if (where.first == part) return true;
    }
    return false;
  }
  bool empty() const { return counts_.empty(); }

 private:
  std::function<void(const std::string&)> on_line_;
  std::map<std::pair<Part, std::string>, std::size_t> counts_;
};

}  // namespace contactd::store
