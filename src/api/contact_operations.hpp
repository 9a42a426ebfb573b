// What the endpoints that only contacts and namespaces have take and give: properties, status, approval, history.
#pragma once

#include "api/operations.hpp"
#include "model/decision.hpp"

namespace contactd::api {

// Properties.

inline constexpr Content props_content{
    {"props", "", [](Components& components) { return array_of(components.reference(answer_schema<model::Prop>)); }},
    array_example<model::Prop>};

std::string props_replacement_text(Components& components);
std::string props_replacement_example();
/// A property under a key that the path has.
std::string prop_replacement_text(Components& components);
std::vector<Parameter> removed_keys();

inline constexpr Operation replaces_props{
    .endpoint = replace_props,
    .description =
        "Replaces the whole set. A property whose `key` exists keeps its id; one that is named by its id "
        "stays as it is; those that are not sent are gone.",
    .successes = {{{200, "The set as it is now.", props_content}}},
    .body = {{"props", "Update", props_replacement_text}, props_replacement_example},
    .versioned = true,
};

inline constexpr Operation lists_props{
    .endpoint = list_props,
    .description = "All properties of the contact, with their ids.",
    .successes = {{{200, "The set.", props_content}}},
    .versioned = true,
};

inline constexpr Operation removes_props{
    .endpoint = remove_props,
    .description = "Removes all properties of the contact, or those that are named.",
    .successes = {{{204, "Removed."}}},
    .parameters = removed_keys,
    .versioned = true,
};

inline constexpr Operation retrieves_prop{
    .endpoint = retrieve_prop,
    .description = "One property, by its key.",
    .successes = {{{200, "It is here.", {answer_schema<model::Prop>, created_example<model::Prop>}}}},
    .versioned = true,
};

inline constexpr Operation puts_prop{
    .endpoint = put_prop,
    .description = "Makes or replaces one property. A `key` in the body must be the one in the path.",
    .successes = {{{200, "Replaced.", {answer_schema<model::Prop>, created_example<model::Prop>}},
                   {201, "Made.", {answer_schema<model::Prop>, created_example<model::Prop>}}}},
    .body = {{"prop", "Update", prop_replacement_text}, create_example<model::Prop>},
    .versioned = true,
};

inline constexpr Operation removes_prop{
    .endpoint = remove_prop,
    .description = "Removes one property, by its key.",
    .successes = {{{204, "Removed."}}},
    .versioned = true,
};

// Status, approval, history.

template <class Body>
inline constexpr Schema action_schema{noun_of<Body>, "", resource_schema<Body, resource::SchemaUse::create>};
std::string nothing_example();
std::string rejection_example();
std::string inactive_example();
std::string rejected_example();
std::string approved_example();

inline constexpr Success contact_now{
    200, "As it is now.", {answer_schema<model::Contact>, updated_example<model::Contact>}};

inline constexpr Operation activates_contact{
    .endpoint = activate_contact,
    .description = "Makes the contact active. Repeating it changes nothing; a rejected contact cannot become active.",
    .successes = {contact_now},
    .body = {action_schema<model::NoFields>, nothing_example},
    .body_required = false,
    .versioned = true,
    .problems = {"rejected"},
};

inline constexpr Operation deactivates_contact{
    .endpoint = deactivate_contact,
    .description = "Makes the contact inactive. Repeating it changes nothing.",
    .successes = {{{200, "As it is now.", {answer_schema<model::Contact>, inactive_example}}}},
    .body = {action_schema<model::NoFields>, nothing_example},
    .body_required = false,
    .versioned = true,
};

inline constexpr Operation rejects_contact{
    .endpoint = reject_contact,
    .description =
        "Rejects the contact and makes it inactive, whatever it was. In a namespace with the policy "
        "`four_eyes` nobody decides on work of their own.",
    .successes = {{{200, "As it is now.", {answer_schema<model::Contact>, rejected_example}}}},
    .body = {action_schema<model::Rejection>, rejection_example},
    .body_required = false,
    .versioned = true,
    .problems = {"self_approval"},
};

inline constexpr Operation approves_contact{
    .endpoint = approve_contact,
    .description =
        "Approves the contact, whatever it was; `status` stays. In a namespace with the policy `four_eyes` "
        "nobody decides on work of their own.",
    .successes = {{{200, "As it is now.", {answer_schema<model::Contact>, approved_example}}}},
    .body = {action_schema<model::NoFields>, nothing_example},
    .body_required = false,
    .versioned = true,
    .problems = {"self_approval"},
};

std::string history_text(Components& components);
std::string history_example();
std::vector<Parameter> history_parameters();

inline constexpr Operation lists_history{
    .endpoint = list_history,
    .description =
        "Every accepted change to the contact, its properties, addresses, bank accounts, relations and "
        "approval, newest first. Nothing alters or deletes it.",
    .successes = {{{200, "A page; empty when nothing matches.", {{"history", "List", history_text}, history_example}}}},
    .parameters = history_parameters,
    .problems = {"page_out_of_range"},
};

// References.

std::string account_ref_text(Components& components);
std::string account_ref_example();

inline constexpr Operation draws_account_ref{
    .endpoint = draw_account_ref,
    .description =
        "Draws the namespace's next account reference. What was drawn is never drawn again, even when the "
        "counter is set back.",
    .successes = {{{201, "Drawn.", {{"account ref", "", account_ref_text}, account_ref_example}}}},
    .body = {action_schema<model::NoFields>, nothing_example},
    .body_required = false,
    .repeatable = true,
    .problems = {"no_pattern", "reference_too_long"},
};

}  // namespace contactd::api
