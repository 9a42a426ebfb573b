// All endpoints on one screen, and how a path finds its row.
#include "api/routes.hpp"

#include <algorithm>
#include <array>

#include "api/contacts.hpp"
#include "api/crud.hpp"
#include "api/dedupe.hpp"
#include "api/list.hpp"
#include "api/service.hpp"
#include "model/address.hpp"
#include "model/bank.hpp"
#include "resource/text.hpp"

namespace contactd::api {
namespace {

using enum auth::Scope;
using model::Address;
using model::Bank;
using model::Contact;
using model::Namespace;
using model::Relation;

constexpr std::optional<auth::Scope> open_to_all = std::nullopt;

// clang-format off
constexpr std::array route_table{
    // method   path                             scope             endpoint             tag          summary
    Route{"POST",   "/namespaces/",              namespaces_write, create<Namespace>,   "NameSpace", "Create"},
    Route{"PATCH",  "/namespaces/{id}/",         namespaces_write, update<Namespace>,   "NameSpace", "Update"},
    Route{"GET",    "/namespaces/",              contacts_read,    list<Namespace>,     "NameSpace", "List"},
    Route{"GET",    "/namespaces/{id}/",         contacts_read,    retrieve<Namespace>, "NameSpace", "Retrieve"},
    Route{"DELETE", "/namespaces/{id}/",         namespaces_write, remove<Namespace>,   "NameSpace", "Delete"},
    Route{"POST",   "/namespaces/{id}/account_refs/", contacts_write, draw_account_ref, "NameSpace", "Account ref"},
    Route{"POST",   "/contacts/addresses/",      contacts_write,   create<Address>,     "Address",   "Create"},
    Route{"PATCH",  "/contacts/addresses/{id}/", contacts_write,   update<Address>,     "Address",   "Update"},
    Route{"GET",    "/contacts/addresses/",      contacts_read,    list<Address>,       "Address",   "List"},
    Route{"GET",    "/contacts/addresses/{id}/", contacts_read,    retrieve<Address>,   "Address",   "Retrieve"},
    Route{"DELETE", "/contacts/addresses/{id}/", contacts_write,   remove<Address>,     "Address",   "Delete"},
    Route{"POST",   "/contacts/banks/",          contacts_write,   create<Bank>,        "Bank",      "Create"},
    Route{"PATCH",  "/contacts/banks/{id}/",     contacts_write,   update<Bank>,        "Bank",      "Update"},
    Route{"GET",    "/contacts/banks/",          contacts_read,    list<Bank>,          "Bank",      "List"},
    Route{"GET",    "/contacts/banks/{id}/",     contacts_read,    retrieve<Bank>,      "Bank",      "Retrieve"},
    Route{"DELETE", "/contacts/banks/{id}/",     contacts_write,   remove<Bank>,        "Bank",      "Delete"},
    Route{"PUT",    "/contacts/{id}/props/",     contacts_write,   replace_props,       "Props",     "Update Props"},
    Route{"GET",    "/contacts/{id}/props/",     contacts_read,    list_props,          "Props",     "Get Props"},
    Route{"DELETE", "/contacts/{id}/props/",     contacts_write,   remove_props,        "Props",     "Delete Props"},
    Route{"GET",    "/contacts/{id}/props/{key}/", contacts_read,  retrieve_prop,       "Props",     "Get one"},
    Route{"PUT",    "/contacts/{id}/props/{key}/", contacts_write, put_prop,            "Props",     "Update one"},
    Route{"DELETE", "/contacts/{id}/props/{key}/", contacts_write, remove_prop,         "Props",     "Delete one"},
    Route{"POST",   "/contacts/relations/",      contacts_write,   create<Relation>,    "Relation",  "Create"},
    Route{"PATCH",  "/contacts/relations/{id}/", contacts_write,   update<Relation>,    "Relation",  "Update"},
    Route{"GET",    "/contacts/relations/",      contacts_read,    list<Relation>,      "Relation",  "List"},
    Route{"GET",    "/contacts/relations/{id}/", contacts_read,    retrieve<Relation>,  "Relation",  "Retrieve"},
    Route{"DELETE", "/contacts/relations/{id}/", contacts_write,   remove<Relation>,    "Relation",  "Delete"},
    Route{"POST",   "/contacts/",                contacts_write,   create<Contact>,     "Contact",   "Create"},
    Route{"PATCH",  "/contacts/{id}/",           contacts_write,   update<Contact>,     "Contact",   "Update"},
    Route{"GET",    "/contacts/",                contacts_read,    list<Contact>,       "Contact",   "List"},
    Route{"GET",    "/contacts/{id}/",           contacts_read,    retrieve<Contact>,   "Contact",   "Retrieve"},
    Route{"POST",   "/contacts/dedupe/",         contacts_read,    find_duplicates,     "Contact",   "Dedupe"},
    Route{"PUT",    "/contacts/{id}/active/",    contacts_write,   activate_contact,    "Contact",   "Active"},
    Route{"PUT",    "/contacts/{id}/inactive/",  contacts_write,   deactivate_contact,  "Contact",   "Inactive"},
    Route{"PUT",    "/contacts/{id}/reject/",    contacts_approve, reject_contact,      "Contact",   "Reject"},
    Route{"PUT",    "/contacts/{id}/approve/",   contacts_approve, approve_contact,     "Contact",   "Approve"},
    Route{"GET",    "/contacts/{id}/history/",   contacts_read,    list_history,        "Contact",   "History"},
    Route{"GET",    "/healthz/",                 open_to_all,      healthz,             "Service",   "Process is up"},
    Route{"GET",    "/readyz/",                  open_to_all,      readyz,              "Service",   "Store answers"},
};
// clang-format on

/// The next segment of a template: `{id}`, `contacts`; takes it off the front.
std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  const auto end = path.find('/');
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(end);
  return segment;
}

bool is_placeholder(std::string_view segment) {
  return segment.starts_with('{');
}

/// Whether the template fits; `literals` says at which segments it does so to the letter, the first one weighing most.
bool fits(std::string_view path, const std::vector<std::string>& segments, unsigned& literals) {
  literals = 0;
  std::size_t index = 0;
  while (path.size() > 1) {
    const std::string_view expected = take_segment(path);
    if (index == segments.size()) return false;
    const bool literal = !is_placeholder(expected);
    if (literal && segments[index] != expected) return false;
    literals = literals << 1 | (literal ? 1U : 0U);
    ++index;
  }
  return index == segments.size();
}

std::vector<std::string> values_of(std::string_view path, const std::vector<std::string>& segments) {
  std::vector<std::string> values;
  for (std::size_t index = 0; path.size() > 1; ++index) {
    const std::string_view expected = take_segment(path);
    if (!is_placeholder(expected)) continue;
    values.push_back(expected == "{key}" ? resource::fold_white_space(segments[index]) : segments[index]);
  }
  return values;
}

}  // namespace

std::span<const Route> routes() {
  return route_table;
}

RouteMatch match_route(std::string_view method, const std::vector<std::string>& segments) {
  RouteMatch match;
  unsigned most_literals = 0;
  std::string_view path;
  for (const Route& route : route_table) {
    unsigned literals = 0;
    if (!fits(route.path, segments, literals)) continue;
    if (!path.empty() && literals < most_literals) continue;
    if (literals > most_literals) match = {};
    most_literals = literals;
    path = route.path;
    if (!match.allowed.empty()) match.allowed += ", ";
    match.allowed += route.method;
    if (route.method == "GET") match.allowed += ", HEAD";
    if (route.method == method || (route.method == "GET" && method == "HEAD")) match.route = &route;
  }
  if (!path.empty()) match.allowed += ", OPTIONS";
  if (match.route != nullptr) match.path_values = values_of(path, segments);
  return match;
}

}  // namespace contactd::api
