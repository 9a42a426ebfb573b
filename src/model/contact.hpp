// A contact: a person or a company that the lender deals with. Contract section 3, Contact.
#pragma once

#include "model/namespace.hpp"
#include "model/props.hpp"

namespace contactd::model {

struct Contact {
  resource::Audit audit;
  resource::Named name_space;
  std::string name;
  std::optional<std::string> ref_id;
  std::string status;
  std::string type;
  std::optional<resource::Tags> tags;
  std::optional<resource::FreeObject> refs;
  std::optional<std::string> rm_id;
  std::optional<std::string> branch_id;
  std::vector<Prop> props;
  std::string approval_state = "pending";
  std::optional<std::string> approval_by;
  std::optional<Time> approval_at;
  std::optional<std::string> approval_reason;
};

inline constexpr resource::Pattern contact_name_pattern{R"(^[a-zA-Z0-9\s,.\-'&()]{1,100}$)"};
inline constexpr resource::Pattern staff_id_pattern{R"(^[A-Za-z0-9_-]{1,50}$)"};
inline constexpr resource::Pattern reference_pattern{R"(^[A-Za-z0-9._/-]{1,50}$)"};

}  // namespace contactd::model

namespace contactd::resource {
template <>
inline constexpr auto description<model::Contact> = [] {
  using model::Contact;
  return describe<Contact>(
      Names{.singular = "contact",
            .plural = "contacts",
            .path = "/contacts/",
            .uniques = {{{"ref_id", "namespace"}}},
            .extras = {"addresses", "banks", "relations"},
            .is_content = true},
      field("namespace", &Contact::name_space, ReferenceByName{"namespaces", model::namespace_name_pattern},
            "Name of the namespace that it belongs to.",
            {.required = true, .counted = true, .expandable = true, .filter = "namespace"}),
      field("name", &Contact::name, Matching{model::contact_name_pattern}, "Name of the person or company.",
            {.required = true, .sortable = true, .searchable = true}),
      field("ref_id", &Contact::ref_id, Matching{model::reference_pattern},
            "The lender's own reference; unique in its namespace.",
            {.indexed = true, .searchable = true, .filter = "ref_id"}),
      field("status", &Contact::status, Choice{{"active", "inactive"}}, "Whether the contact is in use.",
            {.required = true, .counted = true, .is_content = false, .filter = "status"}),
      field("type", &Contact::type, Choice{{"individual", "corporate"}}, "A person or a company.",
            {.required = true, .counted = true, .filter = "type"}),
      field("tags", &Contact::tags, Labels{}, "Unique labels, replaced as a whole.", {.filter = "tags"}),
      field("refs", &Contact::refs, AnyObject{}, "Miscellaneous references, kept as they are."),
      field("rm_id", &Contact::rm_id, Matching{.pattern = model::staff_id_pattern, .empty_allowed = true},
            "Relationship manager.", {.indexed = true, .filter = "rm_id"}),
      field("branch_id", &Contact::branch_id, Matching{.pattern = model::staff_id_pattern, .empty_allowed = true},
            "Branch.", {.indexed = true, .filter = "branch_id"}),
      field("props", &Contact::props, Children<model::Prop>{model::props_max}, "Typed properties; shown by their ids.",
            {.required = true, .expandable = true, .searchable = true}),
      field("approval/state", &Contact::approval_state, Choice{{"pending", "approved", "rejected"}},
            "Where the contact stands between maker and checker.",
            {.read_only = true, .counted = true, .is_content = false, .filter = "approval"}),
      field("approval/by", &Contact::approval_by, Verbatim{1, 50}, "Who decided.",
            {.read_only = true, .always_shown = true, .is_content = false}),
      field("approval/at", &Contact::approval_at, Instant{}, "When it was decided.",
            {.read_only = true, .always_shown = true, .is_content = false}),
      field("approval/reason", &Contact::approval_reason, Sentence{1, 500}, "Why it was rejected.",
            {.read_only = true, .always_shown = true, .is_content = false}));
}();
}  // namespace contactd::resource
