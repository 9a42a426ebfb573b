// A namespace: a part of a tenant's contacts, with its own references and its own policy. Contract section 3,
// Namespace.
#pragma once

#include "model/reference_pattern.hpp"
#include "resource/field.hpp"

namespace contactd::model {

struct Namespace {
  resource::Audit audit;
  std::string name;
  std::optional<std::string> contact_pattern;
  std::int64_t contact_counter = 1;
  std::optional<std::string> account_pattern;
  std::int64_t account_counter = 1;
  std::string approval_policy = "open";
};

inline constexpr resource::Pattern namespace_name_pattern{R"(^[a-zA-Z0-9_\s,.\-'&()]{1,100}$)"};
inline constexpr std::int64_t counter_max = (std::int64_t{1} << 53) - 1;

}  // namespace contactd::model

namespace contactd::resource {
template <>
inline constexpr auto description<model::Namespace> = [] {
  using model::Namespace;
  return describe<Namespace>(
      Names{.singular = "namespace", .plural = "namespaces", .path = "/namespaces/", .uniques = {{{"name"}}}},
      field("name", &Namespace::name, Matching{model::namespace_name_pattern}, "Unique in the tenant.",
            {.required = true, .sortable = true, .searchable = true}),
      field("contact_pattern", &Namespace::contact_pattern, model::ReferencePattern{},
            "How a contact's ref_id is generated."),
      field("contact_counter", &Namespace::contact_counter, Whole{0, model::counter_max},
            "The next number for a contact's ref_id."),
      field("account_pattern", &Namespace::account_pattern, model::ReferencePattern{},
            "How an account reference is generated."),
      field("account_counter", &Namespace::account_counter, Whole{0, model::counter_max},
            "The next number for an account reference."),
      field("approval_policy", &Namespace::approval_policy, Choice{{"open", "four_eyes"}},
            "Whether makers may check their own work."));
}();
}  // namespace contactd::resource
