// What the endpoints that every resource has take and give, beside the functions that answer them.
#pragma once

#include "api/contacts.hpp"
#include "api/crud.hpp"
#include "api/examples.hpp"
#include "api/list.hpp"
#include "api/openapi_components.hpp"
#include "api/openapi_parameters.hpp"

namespace contactd::api {

/// The problems and the words that are a resource's own.
template <class T>
struct Own {
  static constexpr bool has_uniques = !resource::description<T>.names.uniques[0][0].empty();
  static constexpr std::string_view repetition = has_uniques ? "already_exists" : "";
  static constexpr std::string_view of_create = "", of_update = "", of_remove = "";
  static constexpr std::string_view create_note = "", update_note = "";
};
template <>
struct Own<model::Contact> {
  static constexpr std::string_view repetition = "already_exists";
  static constexpr std::string_view of_create = "reference_too_long", of_update = "rejected", of_remove = "";
  static constexpr std::string_view create_note =
      "Without a `ref_id` one is drawn from the pattern of the namespace, if it has one. A new contact's approval is "
      "pending.";
  static constexpr std::string_view update_note =
      "`props` replaces the set: an object whose `key` exists keeps that property's id, an id keeps the property as it "
      "is. A contact without a `ref_id` draws one when it moves to a namespace with a pattern. In a namespace with the "
      "policy `four_eyes` a change of content makes the contact pending again.";
};
template <>
struct Own<model::Namespace> {
  static constexpr std::string_view repetition = "already_exists";
  static constexpr std::string_view of_create = "", of_update = "", of_remove = "in_use";
  static constexpr std::string_view create_note =
      "A pattern holds letters, digits, `.`, `_`, `/`, `-`, `{yyyy}`, `{yy}`, `{mm}`, `{dd}` and at most one "
      "`{counter}` "
      "or `{counter:0N}` (N digits, 1 to 12); without one the counter is put at the end.";
  static constexpr std::string_view update_note =
      "A counter may be set back: references that are taken are passed over. A change of policy touches no approval "
      "that is there.";
};

template <class T>
inline constexpr Operation creates{
    .endpoint = create<T>,
    .description = "Makes one. `null` is as good as leaving a field out.",
    .note = Own<T>::create_note,
    .successes = {{{201, "Made.", {answer_schema<T>, created_example<T>}, true}}},
    .body = {create_schema<T>, create_example<T>},
    .versioned = true,
    .repeatable = true,
    .problems = {Own<T>::repetition, Own<T>::of_create},
};

template <class T>
inline constexpr Operation updates{
    .endpoint = update<T>,
    .description =
        "Changes the fields that are sent. `null` clears a field or takes it back to its default; what the "
        "service sets itself is ignored, so the body of a GET may be sent back.",
    .note = Own<T>::update_note,
    .successes = {{{Behaviour<T>::patched_status, "Changed.", {answer_schema<T>, updated_example<T>}}}},
    .body = {update_schema<T>, update_example<T>},
    .body_required = false,
    .versioned = true,
    .problems = {Own<T>::repetition, Own<T>::of_create, Own<T>::of_update},
};

template <class T>
inline constexpr Operation lists{
    .endpoint = list<T>,
    .description =
        "A page of those that match all filters, newest first unless `ordering` says otherwise. An empty "
        "value counts as absent.",
    .successes = {{{200, "A page; empty when nothing matches.", {list_schema<T>, listed_example<T>}}}},
    .parameters = list_parameters<T>,
    .problems = {"page_out_of_range"},
};

template <class T>
inline constexpr Operation retrieves{
    .endpoint = retrieve<T>,
    .description = "One, by its id.",
    .successes = {{{200, "It is here.", {answer_schema<T>, updated_example<T>}}}},
    .parameters = retrieve_parameters<T>,
    .versioned = true,
};

template <class T>
inline constexpr Operation removes{
    .endpoint = remove<T>,
    .description = "Removes it for good.",
    .successes = {{{204, "Removed."}}},
    .versioned = true,
    .problems = {Own<T>::of_remove},
};

}  // namespace contactd::api
