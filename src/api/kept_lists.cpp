// A list in order of use, and a map from tenant and target into it.
#include "api/kept_lists.hpp"

#include <iterator>
#include <memory>

namespace contactd::api {

/// What an entry costs besides its texts, roughly.
static constexpr std::size_t entry_bytes = 200;

KeptLists& KeptLists::of_thread(std::uint64_t store_serial) {
  thread_local std::uint64_t serial = 0;
  thread_local std::unique_ptr<KeptLists> lists;
  if (serial != store_serial) {
    lists = std::make_unique<KeptLists>();
    serial = store_serial;
  }
  return *lists;
}

std::string KeptLists::key_of(std::string_view tenant, std::string_view target) {
  std::string key;
  key.reserve(tenant.size() + 1 + target.size());
  return key.append(tenant).append("\n").append(target);
}

std::size_t KeptLists::bytes_of(const Entry& entry) {
  return entry.key.size() + entry.body.size() + entry_bytes;
}

void KeptLists::drop(Entries::iterator entry) {
  bytes_ -= bytes_of(*entry);
  by_key_.erase(entry->key);
  by_use_.erase(entry);
}

const std::string* KeptLists::find(std::string_view tenant, std::string_view target, std::uint64_t change_number) {
  const auto found = by_key_.find(key_of(tenant, target));
  if (found == by_key_.end()) return nullptr;
  const auto entry = found->second;
  if (entry->change_number != change_number) {
    drop(entry);
    return nullptr;
  }
  by_use_.splice(by_use_.begin(), by_use_, entry);
  return &entry->body;
}

void KeptLists::keep(std::string_view tenant, std::string_view target, std::uint64_t change_number,
                     std::string_view body) {
  if (body.size() > answer_bytes_max) return;
  std::string key = key_of(tenant, target);
  if (const auto known = by_key_.find(key); known != by_key_.end()) drop(known->second);
  by_use_.push_front({std::move(key), change_number, std::string(body)});
  by_key_.emplace(by_use_.front().key, by_use_.begin());
  bytes_ += bytes_of(by_use_.front());
  while (bytes_ > bytes_max) drop(std::prev(by_use_.end()));
}

}  // namespace contactd::api
