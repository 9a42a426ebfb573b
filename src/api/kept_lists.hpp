// Answers to lists, kept ready for whoever asks the same again before anything has changed.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace contactd::api {

/// One per thread that gives answers; not thread-safe. An answer counts as long as its tenant's change number
/// (`Store::change_number`, or that of a snapshot) is the one that was read before it was made. Those not used for
/// longest go first.
class KeptLists {
 public:
  static constexpr std::size_t bytes_max = 8 * 1024 * 1024;
  static constexpr std::size_t answer_bytes_max = 128 * 1024;

  /// Those of the calling thread, of the store that it used last (`Store::serial`).
  static KeptLists& of_thread(std::uint64_t store_serial);

  /// The body of the answer to that target, or null. Valid until the next call.
  const std::string* find(std::string_view tenant, std::string_view target, std::uint64_t change_number);
  void keep(std::string_view tenant, std::string_view target, std::uint64_t change_number, std::string_view body);
  std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    std::string key;
    std::uint64_t change_number;
    std::string body;
  };
  using Entries = std::list<Entry>;

  /// A tenant's name has no line feed, and so no other pair has the same key.
  static std::string key_of(std::string_view tenant, std::string_view target);
  static std::size_t bytes_of(const Entry& entry);
  void drop(Entries::iterator entry);

  Entries by_use_;                                                  // the latest used first
  std::unordered_map<std::string_view, Entries::iterator> by_key_;  // views of the entries' own keys
  std::size_t bytes_ = 0;
};

}  // namespace contactd::api
