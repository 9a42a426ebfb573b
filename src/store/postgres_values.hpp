// The values of a statement as libpq takes them.
#pragma once

#include <array>
#include <boost/container/small_vector.hpp>
#include <charconv>
#include <cstdint>
#include <span>
#include <string>

#include "store/connection.hpp"

namespace contactd::store {

/// Texts go as their bytes, which may have zeros in them (the server refuses those); numbers as digits, so that the
/// server decides upon their width. Lives as long as the values do.
class PostgresValues {
 public:
  explicit PostgresValues(std::span<const Value> values) : digits_(values.size()) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (const auto* number = std::get_if<std::int64_t>(&values[i])) {
        char* const first = digits_[i].data();
        *std::to_chars(first, first + digits_[i].size() - 1, *number).ptr = '\0';
        add(first, 0, 0);
      } else if (const auto* text = std::get_if<std::string_view>(&values[i])) {
        add(text->data() == nullptr ? "" : text->data(), static_cast<int>(text->size()), 1);
      } else {
        add(nullptr, 0, 0);
      }
    }
  }
  int size() const { return static_cast<int>(texts_.size()); }
  const char* const* texts() const { return texts_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void add(const char* text, int length, int format) {
    texts_.push_back(text);
    lengths_.push_back(length);
    formats_.push_back(format);
  }
  static constexpr std::size_t in_place = 32;
  boost::container::small_vector<std::array<char, 24>, in_place> digits_;
  boost::container::small_vector<const char*, in_place> texts_;
  boost::container::small_vector<int, in_place> lengths_;
  boost::container::small_vector<int, in_place> formats_;
};

/// Texts as the bytes of a `text[]` (PostgreSQL's array_recv): big-endian numbers, each text behind its length.
inline std::string array_bytes(std::span<const std::string_view> texts) {
  constexpr std::uint32_t dimensions = 1, no_nulls = 0, type_text = 25, first_index = 1;
  std::string bytes;
  const auto add = [&](std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift);
  };
  for (const std::uint32_t each : {dimensions, no_nulls, type_text}) add(each);
  add(static_cast<std::uint32_t>(texts.size()));
  add(first_index);
  for (const std::string_view text : texts) {
    add(static_cast<std::uint32_t>(text.size()));
    bytes += text;
  }
  return bytes;
}

}  // namespace contactd::store
