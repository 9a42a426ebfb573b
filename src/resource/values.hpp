// The kinds of values that a resource's members have, beyond texts, numbers and times.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace contactd::resource {

/// Labels in the order in which they were sent; no label has a comma or a control character.
using Tags = std::vector<std::string>;

/// A JSON object of the caller's own shape, kept as text without insignificant white space.
struct FreeObject {
  std::string text;
  bool operator==(const FreeObject&) const = default;
};

/// A reference to another resource that the wire shows by its name and the store keeps by its id.
struct Named {
  std::string id;
  std::string name;
  /// The name may change under a reference without the reference changing.
  bool operator==(const Named& other) const { return id == other.id; }
};

/// Who made a resource, who changed it last, and how often it changed. The tenant is known from the caller.
struct Audit {
  std::string id;
  std::string created_by;
  std::optional<std::string> updated_by;
  Time created_at;
  Time updated_at;
  std::int64_t version = 1;
  bool operator==(const Audit&) const = default;
};

}  // namespace contactd::resource
