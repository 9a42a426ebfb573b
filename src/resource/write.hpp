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

/// Who and when, as every resource with an audit block begins.
inline void append_audit(JsonObject& object, std::string_view id, std::string_view tenant_id,
                         std::string_view created_by, std::optional<std::string_view> updated_by, Time created_at,
                         Time updated_at) {
  object.text("id", id);
  object.text("tenant_id", tenant_id);
  object.text("created_by", created_by);
  if (updated_by) {
    object.text("updated_by", *updated_by);
  } else {
    object.null("updated_by");
  }
  append_value(object.member("created_at"), created_at);
  append_value(object.member("updated_at"), updated_at);
}

/// A resource as the source of its members. There are others: `append_members_from` says what a source has.
template <class T>
class ValueSource {
 public:
  explicit ValueSource(const T& value) : value_(value) {}

  void append_head(JsonObject& object, std::string_view tenant_id) const {
    if constexpr (HasAudit<T>) {
      const Audit& audit = value_.audit;
      append_audit(object, audit.id, tenant_id, audit.created_by, audit.updated_by, audit.created_at, audit.updated_at);
    } else {
      object.text("id", value_.id);
    }
  }
  template <class FieldType>
  void append(JsonObject& object, const FieldType& each, std::size_t) const {
    append_field(object, each, value_);
  }

 private:
  const T& value_;
};

/// All fields of one group, as the members of an object of its own.
template <class T, class Source>
void append_group(std::string& out, std::string_view group, const Source& source) {
  JsonObject object(out);
  for_each_field_indexed<T>([&](const auto& each, std::size_t index) {
    if (each.group() == group) source.append(object, each, index);
  });
}

/// Shows every field as it is.
struct AsItIs {
  const std::string* operator()(std::string_view) const { return nullptr; }
};

/// The members of a resource, in the order of the contract: who and when, then its fields; a group where it begins.
/// The source appends those that stand before the fields (`append_head`) and each field that has something to show
/// (`append`). `instead_of` gives the JSON that stands in the place of a field's value, or null.
template <class T, class Source, class InsteadOf = AsItIs>
void append_members_from(JsonObject& object, const Source& source, std::string_view tenant_id,
                         const InsteadOf& instead_of = {}) {
  source.append_head(object, tenant_id);
  std::string_view group;
  for_each_field_indexed<T>([&](const auto& each, std::size_t index) {
    if (each.group().empty()) {
      if (const std::string* json = instead_of(each.name)) {
        object.member(each.name) += *json;
        return;
      }
      return source.append(object, each, index);
    }
    if (each.group() == group) return;
    group = each.group();
    append_group<T>(object.member(group), group, source);
  });
}

template <class T, class InsteadOf = AsItIs>
void append_members(JsonObject& object, const T& value, std::string_view tenant_id, const InsteadOf& instead_of = {}) {
  append_members_from<T>(object, ValueSource<T>(value), tenant_id, instead_of);
}

template <class T>
void append_resource(std::string& out, const T& value, std::string_view tenant_id) {
  JsonObject object(out);
  append_members(object, value, tenant_id);
}

}  // namespace contactd::resource
