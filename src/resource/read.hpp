// From a JSON object to a resource: every member is read by its field's rule, every violation is kept.
#pragma once

#include <algorithm>
#include <bitset>

#include "resource/field.hpp"
#include "resource/rules.hpp"

namespace contactd::resource {

inline constexpr std::size_t fields_max = 32;

/// What a body said: the values of the fields that it named. A cleared field has its default and counts as given.
template <class T>
struct Draft {
  T value{};
  std::bitset<fields_max> given;
};

/// `partial` reads as `create` does, but nothing is required.
enum class ReadMode { create, patch, partial };

/// Members that the service sets on every resource; accepted in bodies and ignored (contract section 1.2).
inline constexpr std::array audit_members{std::string_view{"id"},         std::string_view{"tenant_id"},
                                          std::string_view{"created_at"}, std::string_view{"created_by"},
                                          std::string_view{"updated_at"}, std::string_view{"updated_by"}};

template <class T>
constexpr bool is_ignored_member(std::string_view name, ReadMode mode) {
  if constexpr (HasAudit<T>) {
    if (std::find(audit_members.begin(), audit_members.end(), name) != audit_members.end()) return true;
  } else if constexpr (HasId<T>) {
    if (name == "id") return true;
  }
  bool ignored = false;
  for_each_field<T>([&](const auto& each) {
    if (each.traits.read_only && (each.name == name || each.group() == name)) ignored = true;
  });
  const auto& extras = description<T>.names.extras;
  if (mode == ReadMode::patch && !name.empty() && std::find(extras.begin(), extras.end(), name) != extras.end()) {
    ignored = true;
  }
  return ignored;
}

/// Null on create is the same as absent; on PATCH it takes the field back to its default, which a required one refuses.
template <class T, class FieldType>
void read_field(const FieldType& each, std::size_t index, JsonValue json, ReadMode mode, const Path& at,
                Draft<T>& draft, Violations& violations) {
  if (json.is_null() && mode != ReadMode::patch) return;
  draft.given.set(index);
  const Path here(at, each.name);
  if constexpr (requires { each.rule.shown_by; }) {
    // What `expand` put in the place of a reference counts as the reference.
    const auto shown = mode == ReadMode::patch && each.traits.expandable ? json.find(each.rule.shown_by) : std::nullopt;
    if (shown) return read_value(each.rule, *shown, draft.value.*each.member, here, violations);
  }
  if (!json.is_null()) return read_value(each.rule, json, draft.value.*each.member, here, violations);
  if (each.traits.required) violations.push_back({here.text(), "required", "cannot be cleared"});
}

/// Reads what a body says of a resource. The values in the draft are only good when no violation was added.
template <class T>
Draft<T> read_draft(JsonValue json, ReadMode mode, const Path& at, Violations& violations) {
  Draft<T> draft;
  if (json.kind() != JsonKind::object) {
    violations.push_back({at.text(), "wrong_type", "must be an object"});
    return draft;
  }
  for (const JsonValue member : json) {
    if (violations.size() >= violations_max) return draft;
    bool known = false;
    for_each_field_indexed<T>([&](const auto& each, std::size_t index) {
      if (known || each.traits.read_only || each.name != member.key()) return;
      known = true;
      read_field(each, index, member, mode, at, draft, violations);
    });
    if (!known && !is_ignored_member<T>(member.key(), mode)) {
      violations.push_back({Path(at, member.key()).text(), "unknown_field", "there is no such field"});
    }
  }
  if (mode == ReadMode::create) {
    for_each_field_indexed<T>([&](const auto& each, std::size_t index) {
      if (each.traits.required && !draft.given[index]) {
        violations.push_back({Path(at, each.name).text(), "required", "is required"});
      }
    });
  }
  return draft;
}

/// Lays what was given over a resource. Immutable fields stay; `check_immutable` says when that loses something.
template <class T>
void apply_draft(const Draft<T>& draft, T& value) {
  for_each_field_indexed<T>([&](const auto& each, std::size_t index) {
    if (draft.given[index] && !each.traits.immutable) value.*each.member = draft.value.*each.member;
  });
}

/// Whether something is known to be wrong with that field itself.
inline bool has_violation(const Violations& violations, std::string_view field) {
  return std::any_of(violations.begin(), violations.end(), [&](const Violation& each) { return each.field == field; });
}

/// A value that could not be read differs from nothing.
template <class T>
void check_immutable(const Draft<T>& draft, const T& current, Violations& violations) {
  for_each_field_indexed<T>([&](const auto& each, std::size_t index) {
    if (!each.traits.immutable || !draft.given[index] || draft.value.*each.member == current.*each.member) return;
    if (has_violation(violations, each.name)) return;
    violations.push_back({std::string(each.name), "immutable", "cannot be changed once it is set"});
  });
}

}  // namespace contactd::resource
