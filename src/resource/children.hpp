// A list of small resources that live inside another one and are replaced as a whole.
#pragma once

#include <set>

#include "base/ulid.hpp"
#include "resource/read.hpp"

namespace contactd::resource {

/// An array whose items are objects of `Child`, or ids of children that the owner has (contract section 3, Props).
/// `Child` has `id`, `key`, and a function `check(const Child&, const Path&, Violations&)` for what its fields say
/// together.
template <class Child>
struct Children {
  std::size_t count_max;
  void schema(std::string& out) const { out += R"({"type":"array","maxItems":)" + std::to_string(count_max) + "}"; }
};

template <class Child>
void read_child(JsonValue item, Child& child, const Path& here, Violations& violations) {
  if (item.kind() == JsonKind::string) {
    child.id = std::string(item.text());
    if (!is_well_formed_id(child.id)) violations.push_back({here.text(), "does_not_exist", "has no such item"});
    return;
  }
  if (item.kind() != JsonKind::object) {
    violations.push_back({here.text(), "wrong_type", "must be an object or the id of an existing item"});
    return;
  }
  const std::size_t before = violations.size();
  child = read_draft<Child>(item, ReadMode::create, here, violations).value;
  if (violations.size() == before) check(child, here, violations);
}

template <class Child>
void read_value(const Children<Child>& rule, JsonValue json, std::vector<Child>& value, const Path& at,
                Violations& violations) {
  if (json.kind() != JsonKind::array) {
    violations.push_back({at.text(), "wrong_type", "must be an array"});
    return;
  }
  if (json.size() > rule.count_max) {
    violations.push_back({at.text(), "too_many", "must have at most " + std::to_string(rule.count_max) + " items"});
    return;
  }
  std::set<std::string> seen_keys, seen_ids;
  value.clear();
  for (const JsonValue item : json) {
    const Path here(at, value.size());
    Child& child = value.emplace_back();
    read_child(item, child, here, violations);
    const bool repeated = child.key.empty() ? !child.id.empty() && !seen_ids.insert(child.id).second
                                            : !seen_keys.insert(child.key).second;
    if (repeated) violations.push_back({here.text(), "duplicate", "stands in the list already"});
  }
}

}  // namespace contactd::resource
