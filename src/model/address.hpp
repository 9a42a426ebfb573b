// An address of a contact. Contract section 3, Address.
#pragma once

#include "resource/field.hpp"
#include "resource/rules.hpp"

namespace contactd::model {

struct Address {
  resource::Audit audit;
  std::string contact_id;
  std::optional<std::string> address_line;
  std::optional<std::string> city;
  std::optional<std::string> state;
  std::optional<std::string> country;
  std::optional<std::string> pincode;
  std::optional<resource::FreeObject> coords;
  std::optional<resource::FreeObject> codes;
  std::optional<resource::Tags> tags;
};

}  // namespace contactd::model

namespace contactd::resource {
template <>
inline constexpr auto description<model::Address> = [] {
  using model::Address;
  return describe<Address>(
      Names{.singular = "address",
            .plural = "addresses",
            .path = "/contacts/addresses/",
            .extras = {"contact", "props"},
            .is_content = true},
      field("contact_id", &Address::contact_id, Reference{"contacts"}, "Whose address it is.",
            {.required = true, .immutable = true, .indexed = true, .filter = "contact"}),
      field("address_line", &Address::address_line, Matching{Pattern{R"(^[a-zA-Z0-9\s,.'\-\/#]{5,100}$)"}},
            "House, street and locality.", {.searchable = true}),
      field("city", &Address::city, Matching{Pattern{R"(^[a-zA-Z\s.-]{2,50}$)"}}, "Town or city.",
            {.searchable = true}),
      field("state", &Address::state, Matching{Pattern{R"(^[a-zA-Z\s-]{3,50}$)"}}, "State or province.",
            {.searchable = true}),
      field("country", &Address::country, Matching{Pattern{R"(^[a-zA-Z\s]{2,50}$)"}}, "Country.", {.searchable = true}),
      field("pincode", &Address::pincode, Matching{Pattern{R"(^[0-9]{6}$)"}}, "Indian postal code.",
            {.searchable = true}),
      field("coords", &Address::coords, AnyObject{}, "Coordinates, kept as they are."),
      field("codes", &Address::codes, AnyObject{}, "Codes of other systems, kept as they are."),
      field("tags", &Address::tags, Labels{}, "Unique labels, replaced as a whole.", {.filter = "tags"}));
}();
}  // namespace contactd::resource
