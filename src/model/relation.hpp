// What one contact is to another, or to somebody who is no contact. Contract section 3, Relation.
#pragma once

#include "model/contact.hpp"

namespace contactd::model {

struct Relation {
  resource::Audit audit;
  std::string contact;
  std::string type;
  std::optional<std::string> related_contact;
  std::optional<std::string> name;
};

/// A contact is not related to itself.
void check(const Relation& relation, Violations& violations);

}  // namespace contactd::model

namespace contactd::resource {
template <>
inline constexpr auto description<model::Relation> = [] {
  using model::Relation;
  return describe<Relation>(
      Names{.singular = "relation",
            .plural = "relations",
            .path = "/contacts/relations/",
            .uniques = {{{"contact", "type", "related_contact"}}},
            .extras = {}},
      field("contact", &Relation::contact, Reference{"contacts"}, "The contact that has the relation.",
            {.required = true, .immutable = true, .expandable = true, .indexed = true, .filter = "contact"}),
      field("type", &Relation::type,
            Choice{{"father", "mother", "spouse", "child", "sibling", "friend", "co_applicant", "guarantor", "witness",
                    "nominee"}},
            "What the other one is to the contact.", {.required = true, .filter = "type"}),
      field("related_contact", &Relation::related_contact, Reference{"contacts"},
            "The other one, when it is a contact.",
            {.always_shown = true, .expandable = true, .indexed = true, .filter = "related_contact"}),
      field("name", &Relation::name, Matching{model::contact_name_pattern},
            "Who the other one is when it is no contact.", {.sortable = true, .searchable = true}));
}();
}  // namespace contactd::resource
