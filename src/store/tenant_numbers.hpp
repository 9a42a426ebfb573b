// The numbers of tenants, as a thread that works for them remembers them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace contactd::store {

/// Only numbers that were committed may be kept: tenants are never removed, so those stay true. Not thread-safe.
class TenantNumbers {
 public:
  std::optional<std::int64_t> find(std::string_view tenant) const {
    const auto known = numbers_.find(tenant);
    return known == numbers_.end() ? std::nullopt : std::optional(known->second);
  }
  void keep(std::string_view tenant, std::int64_t number) {
    if (numbers_.size() >= tenants_max) numbers_.clear();
    numbers_.emplace(tenant, number);
  }
  void clear() { numbers_.clear(); }

 private:
  static constexpr std::size_t tenants_max = 10'000;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> numbers_;
};

}  // namespace contactd::store
