// The description language: a resource is a plain struct and one constexpr table of its fields.
#pragma once

#include <array>
#include <boost/pfr/tuple_size.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "resource/values.hpp"

namespace contactd::resource {

/// What holds for a field besides its rule.
struct Traits {
  bool required = false;         ///< Must be sent on create and cannot be cleared.
  bool read_only = false;        ///< Set by the service; accepted and ignored in bodies.
  bool immutable = false;        ///< Sent on create; a PATCH that differs is refused.
  bool always_shown = false;     ///< Shown as null when there is no value; others are left out.
  bool counted = false;          ///< Exact counts are kept for every combination of the counted fields.
  bool sortable = false;         ///< May stand in `ordering`; has an index.
  bool expandable = false;       ///< `expand` shows the object in its place, and a PATCH may bring that back.
  bool indexed = false;          ///< Its filter is served by an index of its own.
  bool is_content = true;        ///< A change is work that a second person checks (contract section 3, Approval).
  bool searchable = false;       ///< `search` looks into it; of children: into their searchable fields.
  std::string_view filter = {};  ///< The query parameter that filters lists by it.
};

/// One field: its name on the wire, where it lives, what it accepts, what else holds, and a line of documentation.
/// A name with a slash stands in a group: `approval/state` is the member `state` of the object `approval`.
template <class Owner, class Member, class Rule>
struct Field {
  using member_type = Member;
  std::string_view name;
  Member Owner::*member;
  Rule rule;
  std::string_view doc;
  Traits traits;
  std::size_t group_size = 0;  ///< Of the name's part before the slash.

  constexpr std::string_view group() const { return name.substr(0, group_size); }
  constexpr std::string_view leaf() const { return name.substr(group_size == 0 ? 0 : group_size + 1); }
};

template <class Owner, class Member, class Rule>
constexpr auto field(std::string_view name, Member Owner::*member, Rule rule, std::string_view doc,
                     Traits traits = {}) {
  const auto slash = name.find('/');
  return Field<Owner, Member, Rule>{name, member, rule, doc, traits, slash == std::string_view::npos ? 0 : slash};
}

/// Fields that together may not repeat within a tenant; a resource that lacks a value for one of them is not held to
/// it.
using Unique = std::array<std::string_view, 3>;

/// "contact, type, related_contact", for messages.
inline std::string joined_names(const Unique& unique) {
  std::string text;
  for (const std::string_view name : unique) {
    if (!name.empty()) text += (text.empty() ? "" : ", ") + std::string(name);
  }
  return text;
}

/// What a resource is called, and what ties its fields together.
struct Names {
  std::string_view singular;     ///< In messages and in history: "contact".
  std::string_view plural = {};  ///< Its table, and its list in the signature of cursors: "contacts".
  std::string_view path = {};    ///< Where it is asked for: "/contacts/".
  std::array<Unique, 2> uniques = {};
  std::array<std::string_view, 4> extras =
      {};                   ///< What `expand` adds to an answer; ignored when it comes back in a PATCH.
  bool is_content = false;  ///< It is part of what a second person checks about a contact.
};

template <class T, class... Fields>
struct Description {
  Names names;
  std::tuple<Fields...> fields;
  static constexpr std::size_t size = sizeof...(Fields);
};

template <class T>
concept HasAudit = requires(T value) {
  value.audit;
};
template <class T>
concept HasId = requires(T value) {
  value.id;
};

/// Makes a description and holds the struct against it: a member without a row does not compile.
template <class T, class... Fields>
constexpr auto describe(Names names, Fields... fields) {
  constexpr std::size_t not_in_the_table = HasAudit<T> || HasId<T> ? 1 : 0;
  static_assert(boost::pfr::tuple_size_v<T> == sizeof...(Fields) + not_in_the_table,
                "a member of the struct has no row in its description");
  return Description<T, Fields...>{names, {fields...}};
}

/// Specialised for every resource, beside its struct.
template <class T>
inline constexpr auto description = nullptr;

template <class T>
inline constexpr std::size_t field_count = std::remove_cvref_t<decltype(description<T>)>::size;

/// Calls `visit(field)` for each field in the order of the table.
template <class T, class Visit>
constexpr void for_each_field(Visit&& visit) {
  std::apply([&](const auto&... fields) { (visit(fields), ...); }, description<T>.fields);
}

/// Calls `visit(field, index)` for each field.
template <class T, class Visit>
constexpr void for_each_field_indexed(Visit&& visit) {
  std::size_t index = 0;
  for_each_field<T>([&](const auto& each) { visit(each, index++); });
}

/// The column of a field: its name, with `_` for a group's slash. References are kept by id.
template <class FieldType>
std::string column_of(const FieldType& each) {
  std::string column(each.name);
  for (char& c : column) {
    if (c == '/') c = '_';
  }
  if constexpr (std::is_same_v<typename FieldType::member_type, Named>) column += "_id";
  return column;
}

}  // namespace contactd::resource
