// The stores that scenarios run on. A further one is a row in store_kinds().
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace contactd::scenario {

/// A fresh, empty store; gone with this object.
class StoreUnderTest {
 public:
  virtual ~StoreUnderTest() = default;
  virtual store::Store& store() = 0;
  /// Closes it and opens it again on what it holds; between the two, `change` may have a connection of the owner's.
  virtual void reopen(const std::function<void(store::Connection&)>& change = nullptr) = 0;
};

struct StoreKind {
  std::string name;  ///< Part of the test's name.
  /// Takes what does not say where the store is.
  std::function<std::unique_ptr<StoreUnderTest>(store::StoreSettings)> make;
};

const std::vector<StoreKind>& store_kinds();

}  // namespace contactd::scenario
