// A description as JSON Schema (draft 2020-12): what the body of a POST or a PATCH may hold, and what an answer holds.
#pragma once

#include <string>

#include "resource/children.hpp"
#include "resource/read.hpp"
#include "resource/write.hpp"

namespace contactd::resource {

/// As ReadMode, and what an answer holds.
enum class SchemaUse : std::uint8_t { create, patch, partial, answer };

/// Where a schema finds those of other resources, such as `{"$ref":…}`.
class SchemaBook {
 public:
  virtual ~SchemaBook() = default;
  /// Of one row of the table with that name.
  virtual std::string one_of(std::string_view plural, SchemaUse use) = 0;
  /// Of what `expand` adds to an answer under that name: one resource, or for a plural a list.
  virtual std::string extra(std::string_view noun) = 0;
};

template <class Rule>
inline constexpr bool is_children = false;
template <class Child>
inline constexpr bool is_children<Children<Child>> = true;

/// `{"oneOf":[one,other]}`: nothing may fit both.
std::string either(const std::string& one, const std::string& other);

/// Children are shown by their ids, or expanded; a PATCH may name those that are there by their ids.
template <class Child>
std::string children_schema(const Children<Child>& rule, SchemaUse use, SchemaBook& book) {
  std::string item = book.one_of(description<Child>.names.plural, use == SchemaUse::answer ? use : SchemaUse::create);
  if (use == SchemaUse::patch || use == SchemaUse::answer) {
    std::string id;
    Reference{}.schema(id);
    item = either(id, item);
  }
  return R"({"type":"array","maxItems":)" + std::to_string(rule.count_max) + R"(,"items":)" + item + "}";
}

/// What the field's rule accepts, and what may stand in the place of a reference.
template <class FieldType>
std::string rule_schema(const FieldType& each, SchemaUse use, SchemaBook& book) {
  using Rule = std::remove_cvref_t<decltype(each.rule)>;
  std::string text;
  if constexpr (is_children<Rule>) {
    text = children_schema(each.rule, use, book);
  } else if constexpr (requires { each.rule.request_schema(text); }) {
    use == SchemaUse::answer ? each.rule.schema(text) : each.rule.request_schema(text);
  } else {
    each.rule.schema(text);
  }
  if constexpr (requires { each.rule.shown_by; }) {
    if (each.traits.expandable && use == SchemaUse::answer) {
      text = either(text, book.one_of(each.rule.table, use));
    } else if (each.traits.expandable && use == SchemaUse::patch) {
      text = either(text, R"({"type":"object","required":[")" + std::string(each.rule.shown_by) + R"("]})");
    }
  }
  return text;
}

/// Whether null may stand for the value: in answers where there may be none, in bodies to leave out or to clear it.
template <class FieldType>
constexpr bool is_nullable(const FieldType& each, SchemaUse use) {
  if (use == SchemaUse::partial) return true;
  if (use != SchemaUse::answer) return !each.traits.required;
  return is_optional<typename FieldType::member_type> && each.traits.always_shown;
}

/// The schema of one field as an object: its rule, its line of documentation, its default.
template <class T, class FieldType>
void append_field_schema(std::string& out, const FieldType& each, SchemaUse use, SchemaBook& book) {
  std::string text = rule_schema(each, use, book);
  if (is_nullable(each, use)) text = either(text, R"({"type":"null"})");
  text.pop_back();
  out += text + R"(,"description":)";
  append_json_string(out, each.doc);
  using Member = typename FieldType::member_type;
  if constexpr (!is_optional<Member> && !std::is_same_v<Member, Named>) {
    if (use == SchemaUse::create && !each.traits.required) append_value(out += R"(,"default":)", T{}.*each.member);
  }
  if (each.traits.read_only) out += R"(,"readOnly":true)";
  out += '}';
}

/// Collects the members of an object schema and which of them are required.
class ObjectSchema {
 public:
  /// Appends `"name":`; the caller appends the schema.
  std::string& property(std::string_view name, bool required);
  /// A member of a body that is accepted, whatever it is, and ignored.
  void ignored(std::string_view name);
  /// The whole schema; other members are not allowed.
  std::string text() const;

 private:
  std::string properties_;
  std::string required_;
};

/// The members that every resource has beside its fields (contract section 1.2).
void add_audit_schema(ObjectSchema& object);
/// What a property has: its id alone.
void add_id_schema(ObjectSchema& object);

template <class FieldType>
constexpr bool is_always_answered(const FieldType& each) {
  return !is_optional<typename FieldType::member_type> || each.traits.always_shown;
}

template <class T>
std::string group_schema(std::string_view group, SchemaUse use, SchemaBook& book) {
  ObjectSchema object;
  for_each_field<T>([&](const auto& each) {
    if (each.group() != group) return;
    append_field_schema<T>(object.property(each.leaf(), is_always_answered(each)), each, use, book);
  });
  return object.text();
}

template <class T>
std::string answer_schema(SchemaBook& book) {
  ObjectSchema object;
  HasAudit<T> ? add_audit_schema(object) : add_id_schema(object);
  std::string_view group;
  for_each_field<T>([&](const auto& each) {
    if (each.group().empty()) {
      std::string& out = object.property(each.name, is_always_answered(each));
      return append_field_schema<T>(out, each, SchemaUse::answer, book);
    }
    if (each.group() == group) return;
    group = each.group();
    object.property(group, true) += group_schema<T>(group, SchemaUse::answer, book);
  });
  for (const std::string_view extra : description<T>.names.extras) {
    if (!extra.empty()) object.property(extra, false) += book.extra(extra);
  }
  return object.text();
}

/// The members of a body: the fields that it may set, and what is accepted and ignored.
template <class T>
void add_body_schema(ObjectSchema& object, SchemaUse use, SchemaBook& book) {
  std::string_view group;
  for_each_field<T>([&](const auto& each) {
    if (!each.traits.read_only) {
      std::string& out = object.property(each.name, use == SchemaUse::create && each.traits.required);
      return append_field_schema<T>(out, each, use, book);
    }
    if (!each.group().empty() && each.group() == group) return;
    group = each.group();
    object.ignored(group.empty() ? each.name : group);
  });
  if constexpr (HasAudit<T>) {
    for (const std::string_view name : audit_members) object.ignored(name);
  } else if constexpr (HasId<T>) {
    object.ignored("id");
  }
  for (const std::string_view extra : description<T>.names.extras) {
    if (use == SchemaUse::patch && !extra.empty()) object.ignored(extra);
  }
}

/// Strict: a member that is not in it is refused, on the wire as well.
template <class T>
std::string json_schema(SchemaUse use, SchemaBook& book) {
  if (use == SchemaUse::answer) return answer_schema<T>(book);
  ObjectSchema object;
  add_body_schema<T>(object, use, book);
  return object.text();
}

}  // namespace contactd::resource
