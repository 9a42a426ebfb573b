// From a resource to the JSON of an answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "resource/field.hpp"
#include "resource/json_write.hpp"

namespace contactd::resource {

inline void append_value(std::string& out, const std::string& value) {
  append_json_string(out, value);
}
inline void append_value(std::string& out, bool value) {
  out += value ? "true" : "false";
}
inline void append_value(std::string& out, std::int64_t value) {
  append_json_integer(out, value);
}
inline void append_value(std::string& out, const FreeObject& value) {
  out += value.text;
}
inline void append_value(std::string& out, const Named& value) {
  append_json_string(out, value.name);
}
inline void append_value(std::string& out, Time value) {
  out += '"';
  append_time(out, value);
  out += '"';
}
inline void append_value(std::string& out, const Tags& value) {
  out += '[';
  for (const std::string& tag : value) {
    if (&tag != &value.front()) out += ',';
    append_json_string(out, tag);
  }
  out += ']';
}
/// Children are shown by their ids.
template <class Child>
void append_value(std::string& out, const std::vector<Child>& value) {
  out += '[';
  for (const Child& child : value) {
    if (&child != &value.front()) out += ',';
    append_json_string(out, child.id);
  }
  out += ']';
}

template <class M>
inline constexpr bool is_optional = false;
template <class M>
inline constexpr bool is_optional<std::optional<M>> = true;

template <class FieldType, class T>
void append_field(JsonObject& object, const FieldType& each, const T& resource) {
  const auto& value = resource.*each.member;
  if constexpr (is_optional<typename FieldType::member_type>) {
    if (value) {
      append_value(object.member(each.leaf()), *value);
    } else if (each.traits.always_shown) {
      object.null(each.leaf());
    }
  } else {
    append_value(object.member(each.leaf()), value);
  }
}

/// All fields of one group, as the members of an object of its own.
template <class T>
void append_group(std::string& out, std::string_view group, const T& value) {
  JsonObject object(out);
  for_each_field<T>([&](const auto& each) {
    if (each.group() == group) append_field(object, each, value);
  });
}

/// Shows every field as it is.
struct AsItIs {
  const std::string* operator()(std::string_view) const { return nullptr; }
};

/// The members of a resource, in the order of the contract: who and when, then its fields; a group where it begins.
/// `instead_of` gives the JSON that stands in the place of a field's value, or null.
template <class T, class InsteadOf = AsItIs>
void append_members(JsonObject& object, const T& value, std::string_view tenant_id, const InsteadOf& instead_of = {}) {
  if constexpr (HasAudit<T>) {
    object.text("id", value.audit.id);
    object.text("tenant_id", tenant_id);
    object.text("created_by", value.audit.created_by);
    if (value.audit.updated_by) {
      object.text("updated_by", *value.audit.updated_by);
    } else {
      object.null("updated_by");
    }
    append_value(object.member("created_at"), value.audit.created_at);
    append_value(object.member("updated_at"), value.audit.updated_at);
  } else {
    object.text("id", value.id);
  }
  std::string_view group;
  for_each_field<T>([&](const auto& each) {
    if (each.group().empty()) {
      if (const std::string* json = instead_of(each.name)) {
        object.member(each.name) += *json;
        return;
      }
      return append_field(object, each, value);
    }
    if (each.group() == group) return;
    group = each.group();
    append_group(object.member(group), group, value);
  });
}

template <class T>
void append_resource(std::string& out, const T& value, std::string_view tenant_id) {
  JsonObject object(out);
  append_members(object, value, tenant_id);
}

}  // namespace contactd::resource
