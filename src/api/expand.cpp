// What each kind of resource can show of others.
#include "api/expand.hpp"

#include <algorithm>
#include <set>

#include "resource/text.hpp"
#include "store/related.hpp"

namespace contactd::api {

using model::Address;
using model::Bank;
using model::Contact;
using model::Namespace;
using model::Relation;

namespace {

using ById = std::map<std::string, std::string>;  ///< JSON of an object by its id.

bool asks_for(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<std::string> distinct(std::vector<std::string> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

template <class T>
std::string json_of(const T& value, std::string_view tenant) {
  std::string json;
  resource::append_resource(json, value, tenant);
  return json;
}

std::string props_json(const Contact& contact) {
  std::string json = "[";
  for (const model::Prop& prop : contact.props) {
    if (json.size() > 1) json += ',';
    resource::append_resource(json, prop, {});
  }
  return json += ']';
}

void append_item(std::string& array, const std::string& item) {
  array.pop_back();
  if (array.size() > 1) array += ',';
  array += item;
  array += ']';
}

/// Children stand under each of their owners, the newest first; `owners_of` says who they are.
template <class Child, class OwnersOf>
void add_children(std::vector<Expanded>& expanded, const std::vector<Contact>& rows, std::string_view name,
                  const std::vector<Child>& children, std::size_t children_max, std::string_view tenant,
                  OwnersOf owners_of) {
  std::map<std::string_view, std::size_t> row_of;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    row_of.emplace(rows[i].audit.id, i);
    expanded[i].emplace(name, "[]");
  }
  std::vector<std::size_t> shown(rows.size());
  for (const Child& child : children) {
    for (const std::string_view owner : owners_of(child)) {
      const auto row = row_of.find(owner);
      if (row == row_of.end() || shown[row->second]++ >= children_max) continue;
      append_item(expanded[row->second][name], json_of(child, tenant));
    }
  }
}

std::vector<std::string> ids_of(const std::vector<Contact>& rows) {
  std::vector<std::string> ids;
  for (const Contact& row : rows) ids.push_back(row.audit.id);
  return ids;
}

template <class Child>
void add_owned(store::Session& session, std::vector<Expanded>& expanded, const std::vector<Contact>& rows,
               std::string_view name, std::size_t children_max) {
  const auto children = store::newest_of<Child>(session, "contact_id", ids_of(rows), children_max);
  add_children(expanded, rows, name, children, children_max, session.caller().tenant,
               [](const Child& child) { return std::vector<std::string_view>{child.contact_id}; });
}

/// Relations on either side; one between two contacts of a page stands under both.
void add_relations(store::Session& session, std::vector<Expanded>& expanded, const std::vector<Contact>& rows,
                   std::size_t children_max) {
  const std::vector<std::string> ids = ids_of(rows);
  auto relations = store::newest_of<Relation>(session, "contact", ids, children_max);
  auto others = store::newest_of<Relation>(session, "related_contact", ids, children_max);
  std::move(others.begin(), others.end(), std::back_inserter(relations));
  const auto newest_first = [](const Relation& a, const Relation& b) { return a.audit.id > b.audit.id; };
  const auto same = [](const Relation& a, const Relation& b) { return a.audit.id == b.audit.id; };
  std::sort(relations.begin(), relations.end(), newest_first);
  relations.erase(std::unique(relations.begin(), relations.end(), same), relations.end());
  add_children(expanded, rows, "relations", relations, children_max, session.caller().tenant,
               [](const Relation& relation) {
                 std::vector<std::string_view> owners{relation.contact};
                 if (relation.related_contact) owners.push_back(*relation.related_contact);
                 return owners;
               });
}

/// Contacts by their ids, to be shown with what names them.
std::map<std::string, Contact> contacts_by_id(store::Session& session, std::vector<std::string> ids) {
  std::map<std::string, Contact> contacts;
  for (Contact& contact : store::find_all<Contact>(session, distinct(std::move(ids)))) {
    contacts.emplace(contact.audit.id, std::move(contact));
  }
  return contacts;
}

/// Addresses and banks show whose they are.
template <class T>
std::vector<Expanded> expand_owned(store::Session& session, const std::vector<T>& rows, const Words& words) {
  std::vector<Expanded> expanded(rows.size());
  if (words.empty() || rows.empty()) return expanded;
  std::vector<std::string> ids;
  for (const T& row : rows) ids.push_back(row.contact_id);
  const auto contacts = contacts_by_id(session, std::move(ids));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Contact& owner = contacts.at(rows[i].contact_id);
    if (asks_for(words, "contact")) expanded[i].emplace("contact", json_of(owner, session.caller().tenant));
    if (asks_for(words, "props")) expanded[i].emplace("props", props_json(owner));
  }
  return expanded;
}

}  // namespace

void check_expand(const Words& words, const std::vector<std::string_view>& known, Violations& violations) {
  for (const std::string& word : words) {
    if (std::find(known.begin(), known.end(), word) != known.end()) continue;
    std::string choices;
    for (const std::string_view each : known) choices += (choices.empty() ? "" : ", ") + std::string(each);
    violations.push_back({"expand", "not_a_choice", "must be some of " + choices});
    return;
  }
}

Words read_expand(const Call& call, const std::vector<std::string_view>& known) {
  Violations violations =
      known.empty() ? call.unknown_parameters() : call.unknown_parameters({std::string_view("expand")});
  const Words words = call.several("expand");
  if (!known.empty()) check_expand(words, known, violations);
  if (!violations.empty()) throw Problem(violations);
  return words;
}

std::vector<Expanded> expand(store::Session& session, const std::vector<Contact>& rows, const Words& words,
                             std::size_t children_max) {
  std::vector<Expanded> expanded(rows.size());
  if (words.empty() || rows.empty()) return expanded;
  ById namespaces;
  if (asks_for(words, "namespace")) {
    std::vector<std::string> ids;
    for (const Contact& row : rows) ids.push_back(row.name_space.id);
    for (const Namespace& each : store::find_all<Namespace>(session, distinct(std::move(ids)))) {
      namespaces.emplace(each.audit.id, json_of(each, session.caller().tenant));
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (asks_for(words, "props")) expanded[i].emplace("props", props_json(rows[i]));
    if (asks_for(words, "namespace")) expanded[i].emplace("namespace", namespaces.at(rows[i].name_space.id));
  }
  if (asks_for(words, "addresses")) add_owned<Address>(session, expanded, rows, "addresses", children_max);
  if (asks_for(words, "banks")) add_owned<Bank>(session, expanded, rows, "banks", children_max);
  if (asks_for(words, "relations")) add_relations(session, expanded, rows, children_max);
  return expanded;
}

std::vector<Expanded> expand(store::Session& session, const std::vector<Address>& rows, const Words& words,
                             std::size_t) {
  return expand_owned(session, rows, words);
}

std::vector<Expanded> expand(store::Session& session, const std::vector<Bank>& rows, const Words& words, std::size_t) {
  return expand_owned(session, rows, words);
}

std::vector<Expanded> expand(store::Session& session, const std::vector<Relation>& rows, const Words& words,
                             std::size_t) {
  std::vector<Expanded> expanded(rows.size());
  if (words.empty() || rows.empty()) return expanded;
  const bool one = asks_for(words, "contact"), other = asks_for(words, "related_contact");
  std::vector<std::string> ids;
  for (const Relation& row : rows) {
    if (one) ids.push_back(row.contact);
    if (other && row.related_contact) ids.push_back(*row.related_contact);
  }
  const auto contacts = contacts_by_id(session, std::move(ids));
  const std::string_view tenant = session.caller().tenant;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Relation& row = rows[i];
    if (one) expanded[i].emplace("contact", json_of(contacts.at(row.contact), tenant));
    if (other && row.related_contact) {
      expanded[i].emplace("related_contact", json_of(contacts.at(*row.related_contact), tenant));
    }
  }
  return expanded;
}

}  // namespace contactd::api
