// Whether anything of a tenant may have changed since an answer was made.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <string_view>

namespace contactd::store {

/// A number for each tenant that is another one after each commit of its writes. Some tenants share one, so it may move
/// without a reason, and never stays when there is one. Thread-safe.
class ChangeNumbers {
 public:
  std::uint64_t of(std::string_view tenant) const { return numbers_[place(tenant)].load(std::memory_order_acquire); }
  void move(std::string_view tenant) { numbers_[place(tenant)].fetch_add(1, std::memory_order_release); }

 private:
  static constexpr std::size_t numbers = 4'096;
  static std::size_t place(std::string_view tenant) { return std::hash<std::string_view>{}(tenant) % numbers; }
  std::array<std::atomic<std::uint64_t>, numbers> numbers_{};
};

}  // namespace contactd::store
