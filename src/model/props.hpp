// A property of a contact: a typed value under a key, such as a PAN or a photo's reference. Contract section 3, Props.
#pragma once

#include <string>
#include <vector>

#include "resource/children.hpp"
#include "resource/field.hpp"
#include "resource/rules.hpp"

namespace contactd::model {

struct Prop {
  std::string id;
  std::string key;
  std::string value;
  std::string type;
  bool operator==(const Prop&) const = default;
};

inline constexpr std::size_t props_max = 100;

inline constexpr resource::Pattern prop_key_pattern{R"(^[a-zA-Z0-9_\s,.\-'&()]{1,100}$)"};

/// What the fields of a property say together: a number looks like one, a boolean is true or false, a key is no dot
/// segment (it stands in a path).
void check(const Prop& prop, const resource::Path& at, Violations& violations);

/// Turns a list as it was sent into the contact's new list: an id becomes the property that bears it, a key that exists
/// keeps its id. Items that name no property of the contact, or one property twice, are violations under `props/`.
std::vector<Prop> resolve_props(const std::vector<Prop>& current, std::vector<Prop> sent, Violations& violations);

}  // namespace contactd::model

namespace contactd::resource {
template <>
inline constexpr auto description<model::Prop> = describe<model::Prop>(
    Names{.singular = "prop", .plural = "props", .path = "/contacts/{id}/props/"},
    field("key", &model::Prop::key, Matching{model::prop_key_pattern}, "What the value is; unique within the contact.",
          {.required = true}),
    field("value", &model::Prop::value, Verbatim{1, 500}, "The value, kept verbatim.",
          {.required = true, .searchable = true}),
    field("type", &model::Prop::type, Choice{{"file", "number", "text", "boolean"}},
          "How to read the value; a file is a reference and is never fetched.", {.required = true}));
}  // namespace contactd::resource
