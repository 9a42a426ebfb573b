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
  /// Closes it and opens it again on what it holds.
  virtual void reopen() = 0;
};

struct StoreKind {
  std::string name;  ///< Part of the test's name.
  std::function<std::unique_ptr<StoreUnderTest>()> make;
};

const std::vector<StoreKind>& store_kinds();

}  // namespace contactd::scenario
