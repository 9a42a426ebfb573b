// Whether a search table holds just what the rows give, in bounded memory: sums of hashes that have to be equal.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace contactd::store {

/// Every token is a number made of its text, its row's place and its own; those of the rows are added and those of the
/// table taken away, each in the sum of its row's bucket. Where a sum is not nothing, the two differ. Two different
/// sets of tokens with one sum would need a collision of 64 bits.
class SearchSums {
 public:
  static constexpr std::size_t buckets = 1 << 16;

  /// Sums of all rows, by bucket.
  SearchSums() : sums_(buckets, 0) {}
  /// Sums of single rows, of those in the given buckets.
  explicit SearchSums(const std::vector<std::size_t>& watched);

  /// The tokens of a row's text (`marked_text`).
  void add_text(std::int64_t place, std::string_view text);
  /// A token that the search table holds.
  void remove(std::string_view term, std::int64_t place, std::int64_t number);

  /// The buckets that differ, at most so many.
  std::vector<std::size_t> differing(std::size_t count_max) const;
  /// The places of the rows that differ.
  std::vector<std::int64_t> differing_places() const;

 private:
  static std::size_t bucket_of(std::int64_t place);
  std::uint64_t* sum_of(std::int64_t place);

  std::vector<std::uint64_t> sums_;
  std::vector<bool> watched_;
  std::map<std::int64_t, std::uint64_t> by_place_;
};

}  // namespace contactd::store
