// Who changed what about a contact, and when: written in the transaction of the change by the one place through which
// every write goes. Contract section 2, history.
#pragma once

#include <algorithm>

#include "base/function_ref.hpp"
#include "resource/write.hpp"
#include "store/schema.hpp"
#include "store/session.hpp"

namespace contactd::store {

inline constexpr std::string_view contacts_table = "contacts";

/// How a change came about, as the history names it.
enum class Action { create, update, remove, active, inactive, approve, reject };
std::string_view action_name(Action action);

/// One change as the history keeps it.
struct Change {
  Time at;
  Action action;
  std::string_view resource;  ///< "contact", "address", …
  std::string_view resource_id;
  bool is_content;   ///< Work that a second person checks.
  std::string list;  ///< JSON: [{"field","before","after"}, …]
};

/// Keeps the change with each of these contacts.
void keep_change(WriteSession& session, const std::vector<std::string_view>& contact_ids, const Change& change);

/// Whether the user did work on the contact since it was last decided upon, by its history.
bool did_work_since_decision(Session& session, std::string_view contact_id, std::string_view user);

/// Writes one side of a change; null where there is nothing.
using WriteSide = FunctionRef<void(std::string& out)>;

/// Appends `{"field":…,"before":…,"after":…}`.
void append_change(std::string& list, std::string_view field, WriteSide before, WriteSide after);

template <class Value>
void append_side(std::string& out, const Value* value) {
  if (value == nullptr) {
    out += "null";
  } else if constexpr (requires { resource::description<Value>.names; }) {
    resource::append_resource(out, *value, {});
  } else {
    resource::append_value(out, *value);
  }
}

/// Both sides of a change; a side without a value is null, and nothing is appended when neither has one.
template <class Value>
void append_change_of(std::string& list, std::string_view field, const Value* before, const Value* after) {
  if (before == nullptr && after == nullptr) return;
  append_change(
      list, field, [&](std::string& out) { append_side(out, before); },
      [&](std::string& out) { append_side(out, after); });
}

template <class Child>
const Child* find_child(const std::vector<Child>* children, const std::string& key) {
  if (children == nullptr) return nullptr;
  const auto found = std::find_if(children->begin(), children->end(), [&](const Child& c) { return c.key == key; });
  return found == children->end() ? nullptr : &*found;
}

/// Children are told apart by their keys: `props/pan_no`. When they only stand in another order, their ids show it.
template <class Child>
void append_children_changes(std::string& list, std::string_view field, const std::vector<Child>* before,
                             const std::vector<Child>* after) {
  const std::size_t size = list.size();
  const auto name = [&](const Child& child) { return std::string(field) + "/" + child.key; };
  static const std::vector<Child> none;
  for (const Child& child : before != nullptr ? *before : none) {
    const Child* now = find_child(after, child.key);
    if (now == nullptr || !(*now == child)) append_change_of(list, name(child), &child, now);
  }
  for (const Child& child : after != nullptr ? *after : none) {
    if (find_child(before, child.key) == nullptr) append_change_of<Child>(list, name(child), nullptr, &child);
  }
  if (list.size() == size && before != nullptr && after != nullptr) append_change_of(list, field, before, after);
}

/// A member's value, if it has one.
template <class Value>
const Value* held(const Value* member) {
  return member;
}
template <class Value>
const Value* held(const std::optional<Value>* member) {
  return member != nullptr && *member ? &**member : nullptr;
}
template <class T, class FieldType>
auto member_of(const FieldType& each, const T* resource) -> const typename FieldType::member_type* {
  return resource == nullptr ? nullptr : &(resource->*each.member);
}

template <class T>
std::string changes_of(const T* before, const T* after) {
  std::string list = "[";
  for_each_field<T>([&](const auto& each) {
    const auto* old_value = member_of(each, before);
    const auto* new_value = member_of(each, after);
    if (old_value != nullptr && new_value != nullptr && *old_value == *new_value) return;
    if constexpr (requires {
                    each.rule.count_max;
                    old_value->front().key;
                  }) {
      append_children_changes(list, each.name, old_value, new_value);
    } else {
      append_change_of(list, each.name, held(old_value), held(new_value));
    }
  });
  return list += ']';
}

/// Whether anything of what a second person checks differs.
template <class T>
bool changes_content(const T* before, const T* after) {
  if (!description<T>.names.is_content) return false;
  if (before == nullptr || after == nullptr) return true;
  bool changes = false;
  for_each_field<T>([&](const auto& each) {
    if (each.traits.is_content) changes = changes || !(before->*each.member == after->*each.member);
  });
  return changes;
}

/// The contacts that a resource speaks of: itself, or those that its references name.
template <class T>
void add_contacts_of(const T* resource, std::vector<std::string_view>& contact_ids) {
  if (resource == nullptr) return;
  const auto add = [&](std::string_view id) {
    if (std::find(contact_ids.begin(), contact_ids.end(), id) == contact_ids.end()) contact_ids.push_back(id);
  };
  if (description<T>.names.plural == contacts_table) add(resource->audit.id);
  for_each_field<T>([&](const auto& each) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(each.rule)>, resource::Reference>) {
      if (each.rule.table != contacts_table) return;
      if (const std::string* id = held(&(resource->*each.member))) add(*id);
    }
  });
}

/// Holds the contacts until the transaction ends, and has what follows be later than all that their histories tell:
/// among several writers, each with a clock of its own, the order of a history is that in which they held the contact.
void hold_contacts(WriteSession& session, std::vector<std::string_view> contact_ids);

/// The same for all contacts that a change concerns, before it is given its time.
template <class T>
void hold_contacts_of(WriteSession& session, const T* before, const T* after) {
  if (!session.locks_rows()) return;
  if (before != nullptr) session.stamps().start_after(before->audit.updated_at);
  if (before == nullptr && description<T>.names.plural == contacts_table) return;  // nobody else knows it
  std::vector<std::string_view> contact_ids;
  add_contacts_of(before, contact_ids);
  add_contacts_of(after, contact_ids);
  hold_contacts(session, std::move(contact_ids));
}

/// Keeps what differs between `before` (null: it is new) and `after` (null: it is gone) in the history of each contact
/// that it concerns.
template <class T>
void keep_history(WriteSession& session, Time at, Action action, const T* before, const T* after) {
  std::vector<std::string_view> contact_ids;
  add_contacts_of(before, contact_ids);
  add_contacts_of(after, contact_ids);
  if (contact_ids.empty()) return;
  const std::string& id = (after != nullptr ? after : before)->audit.id;
  keep_change(
      session, contact_ids,
      {at, action, description<T>.names.singular, id, changes_content(before, after), changes_of(before, after)});
}

}  // namespace contactd::store
