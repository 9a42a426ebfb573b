// Hashing tokens into sums.
#include "store/search_sums.hpp"

#include "store/sqlite_trigrams.hpp"

namespace contactd::store {
namespace {

std::uint64_t mixed(std::uint64_t number) {
  number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9U;
  number = (number ^ (number >> 27)) * 0x94D049BB133111EBU;
  return number ^ (number >> 31);
}

std::uint64_t number_of(std::string_view term, std::int64_t place, std::int64_t number) {
  const std::uint64_t where =
      mixed(static_cast<std::uint64_t>(place) + 0x9E3779B97F4A7C15U) + static_cast<std::uint64_t>(number);
  return mixed(mixed(where) ^ std::hash<std::string_view>{}(term));
}

}  // namespace

SearchSums::SearchSums(const std::vector<std::size_t>& watched) : watched_(buckets, false) {
  for (const std::size_t bucket : watched) watched_[bucket] = true;
}

std::size_t SearchSums::bucket_of(std::int64_t place) {
  return mixed(static_cast<std::uint64_t>(place)) % buckets;
}

std::uint64_t* SearchSums::sum_of(std::int64_t place) {
  const std::size_t bucket = bucket_of(place);
  if (!sums_.empty()) return &sums_[bucket];
  return watched_[bucket] ? &by_place_[place] : nullptr;
}

void SearchSums::add_text(std::int64_t place, std::string_view text) {
  std::uint64_t* sum = sum_of(place);
  if (sum == nullptr) return;
  std::int64_t number = 0;
  for_each_token(text, [&](std::string_view term) { *sum += number_of(term, place, number++); });
}

void SearchSums::remove(std::string_view term, std::int64_t place, std::int64_t number) {
  std::uint64_t* sum = sum_of(place);
  if (sum != nullptr) *sum -= number_of(term, place, number);
}

std::vector<std::size_t> SearchSums::differing(std::size_t count_max) const {
  std::vector<std::size_t> found;
  for (std::size_t bucket = 0; bucket < sums_.size() && found.size() < count_max; ++bucket) {
    if (sums_[bucket] != 0) found.push_back(bucket);
  }
  return found;
}

std::vector<std::int64_t> SearchSums::differing_places() const {
  std::vector<std::int64_t> found;
  for (const auto& [place, sum] : by_place_) {
    if (sum != 0) found.push_back(place);
  }
  return found;
}

}  // namespace contactd::store
