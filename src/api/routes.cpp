// All endpoints on one screen, and how a path finds its row.
#include "api/routes.hpp"

#include <algorithm>
#include <array>

#include "api/contact_operations.hpp"
#include "api/dedupe_operation.hpp"
#include "api/docs.hpp"
#include "api/service.hpp"
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
    // method       path                         scope             operation            tag          name there
    Route{"POST",   "/namespaces/",              namespaces_write, creates<Namespace>,  "NameSpace", "Create"},
    Route{"PATCH",  "/namespaces/{id}/",         namespaces_write, updates<Namespace>,  "NameSpace", "Update"},
    Route{"GET",    "/namespaces/",              contacts_read,    lists<Namespace>,    "NameSpace", "List"},
    Route{"GET",    "/namespaces/{id}/",         contacts_read,    retrieves<Namespace>, "NameSpace", "Retrieve"},
    Route{"DELETE", "/namespaces/{id}/",         namespaces_write, removes<Namespace>,  "NameSpace", "Delete"},
    Route{"POST",   "/namespaces/{id}/account_refs/", contacts_write, draws_account_ref,   "NameSpace", "Account ref"},
    Route{"POST",   "/contacts/addresses/",      contacts_write,   creates<Address>,    "Address",   "Create"},
    Route{"PATCH",  "/contacts/addresses/{id}/", contacts_write,   updates<Address>,    "Address",   "Update"},
    Route{"GET",    "/contacts/addresses/",      contacts_read,    lists<Address>,      "Address",   "List"},
    Route{"GET",    "/contacts/addresses/{id}/", contacts_read,    retrieves<Address>,  "Address",   "Retrieve"},
    Route{"DELETE", "/contacts/addresses/{id}/", contacts_write,   removes<Address>,    "Address",   "Delete"},
    Route{"POST",   "/contacts/banks/",          contacts_write,   creates<Bank>,       "Bank",      "Create"},
    Route{"PATCH",  "/contacts/banks/{id}/",     contacts_write,   updates<Bank>,       "Bank",      "Update"},
    Route{"GET",    "/contacts/banks/",          contacts_read,    lists<Bank>,         "Bank",      "List"},
    Route{"GET",    "/contacts/banks/{id}/",     contacts_read,    retrieves<Bank>,     "Bank",      "Retrieve"},
    Route{"DELETE", "/contacts/banks/{id}/",     contacts_write,   removes<Bank>,       "Bank",      "Delete"},
    Route{"PUT",    "/contacts/{id}/props/",     contacts_write,   replaces_props,      "Props",     "Update Props"},
    Route{"GET",    "/contacts/{id}/props/",     contacts_read,    lists_props,         "Props",     "Get Props"},
    Route{"DELETE", "/contacts/{id}/props/",     contacts_write,   removes_props,       "Props",     "Delete Props"},
    Route{"GET",    "/contacts/{id}/props/{key}/", contacts_read,  retrieves_prop,      "Props",     "Get one"},
    Route{"PUT",    "/contacts/{id}/props/{key}/", contacts_write, puts_prop,           "Props",     "Update one"},
    Route{"DELETE", "/contacts/{id}/props/{key}/", contacts_write, removes_prop,        "Props",     "Delete one"},
    Route{"POST",   "/contacts/relations/",      contacts_write,   creates<Relation>,   "Relation",  "Create"},
    Route{"PATCH",  "/contacts/relations/{id}/", contacts_write,   updates<Relation>,   "Relation",  "Update"},
    Route{"GET",    "/contacts/relations/",      contacts_read,    lists<Relation>,     "Relation",  "List"},
    Route{"GET",    "/contacts/relations/{id}/", contacts_read,    retrieves<Relation>, "Relation",  "Retrieve"},
    Route{"DELETE", "/contacts/relations/{id}/", contacts_write,   removes<Relation>,   "Relation",  "Delete"},
    Route{"POST",   "/contacts/",                contacts_write,   creates<Contact>,    "Contact",   "Create"},
    Route{"PATCH",  "/contacts/{id}/",           contacts_write,   updates<Contact>,    "Contact",   "Update"},
    Route{"GET",    "/contacts/",                contacts_read,    lists<Contact>,      "Contact",   "List"},
    Route{"GET",    "/contacts/{id}/",           contacts_read,    retrieves<Contact>,  "Contact",   "Retrieve"},
    Route{"POST",   "/contacts/dedupe/",         contacts_read,    finds_duplicates,    "Contact",   "Dedupe"},
    Route{"PUT",    "/contacts/{id}/active/",    contacts_write,   activates_contact,   "Contact",   "Active"},
    Route{"PUT",    "/contacts/{id}/inactive/",  contacts_write,   deactivates_contact, "Contact",   "Inactive"},
    Route{"PUT",    "/contacts/{id}/reject/",    contacts_approve, rejects_contact,     "Contact",   "Reject"},
    Route{"PUT",    "/contacts/{id}/approve/",   contacts_approve, approves_contact,    "Contact",   "Approve"},
    Route{"GET",    "/contacts/{id}/history/",   contacts_read,    lists_history,       "Contact",   "History"},
    Route{"GET",    "/healthz/",                 open_to_all,      tells_health,        "Service",   "Process is up"},
    Route{"GET",    "/readyz/",                  open_to_all,      tells_readiness,     "Service",   "Store answers"},
    Route{"GET",    "/openapi.json/",            open_to_all,      tells_openapi,       "Service",   "This document"},
    Route{"GET",    "/docs/",                    open_to_all,      shows_reference,     "Docs",      "Reference"},
    Route{"GET",    "/docs/{page}/",             open_to_all,      shows_page,          "Docs",      "Page"},
    Route{"GET",    "/docs/assets/{name}/",      open_to_all,      gives_asset,         "Docs",      "Asset"},
    Route{"GET",    "/problems/{code}/",         open_to_all,      shows_problem,       "Docs",      "Problem"},
};
// clang-format on
static_assert(std::all_of(route_table.begin(), route_table.end(),
                          [](const Route& route) { return is_described(route.operation); }),
              "a row lacks words or examples for the document");

constexpr std::size_t segments_max = 5;

/// A path of the table, taken apart when the program is built.
struct Template {
  std::array<std::string_view, segments_max> segments{};
  std::size_t size = 0;
  unsigned literals = 0;  ///< Which segments stand for themselves, the first one weighing most.
};

constexpr bool is_placeholder(std::string_view segment) {
  return segment.starts_with('{');
}

constexpr Template template_of(std::string_view path) {
  Template parts;
  while (path.size() > 1) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    parts.segments[parts.size++] = segment;
    parts.literals = parts.literals << 1 | (is_placeholder(segment) ? 0U : 1U);
  }
  return parts;
}

constexpr auto templates = [] {
  std::array<Template, route_table.size()> all;
  std::transform(route_table.begin(), route_table.end(), all.begin(),
                 [](const Route& route) { return template_of(route.path); });
  return all;
}();

bool fits(const Template& parts, const std::vector<std::string>& segments) {
  if (parts.size != segments.size()) return false;
  for (std::size_t i = 0; i < parts.size; ++i) {
    if (!is_placeholder(parts.segments[i]) && parts.segments[i] != segments[i]) return false;
  }
  return true;
}

std::vector<std::string> values_of(const Template& parts, const std::vector<std::string>& segments) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < parts.size; ++i) {
    if (!is_placeholder(parts.segments[i])) continue;
    values.push_back(parts.segments[i] == "{key}" ? resource::fold_white_space(segments[i]) : segments[i]);
  }
  return values;
}

}  // namespace

std::span<const Route> routes() {
  return route_table;
}

RouteMatch match_route(std::string_view method, const std::vector<std::string>& segments) {
  const Template* best = nullptr;
  RouteMatch match;
  for (std::size_t i = 0; i < route_table.size(); ++i) {
    const Template& parts = templates[i];
    const bool is_of_best = best != nullptr && route_table[i].path == match.path;
    if (!is_of_best && ((best != nullptr && parts.literals <= best->literals) || !fits(parts, segments))) continue;
    if (!is_of_best) match = {nullptr, route_table[i].path, {}};
    best = &parts;
    const std::string_view allowed = route_table[i].method;
    if (allowed == method || (allowed == "GET" && method == "HEAD")) match.route = &route_table[i];
  }
  if (match.route != nullptr) match.path_values = values_of(*best, segments);
  return match;
}

std::string allowed_methods(std::string_view path) {
  std::string allowed;
  for (const Route& route : route_table) {
    if (route.path != path) continue;
    allowed += std::string(route.method) + (route.method == "GET" ? ", HEAD, " : ", ");
  }
  return allowed += "OPTIONS";
}

}  // namespace contactd::api
