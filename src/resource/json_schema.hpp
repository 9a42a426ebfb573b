// A description as JSON Schema (draft 2020-12): what a body may hold, and what an answer holds.
#pragma once

#include <string>

#include "resource/field.hpp"
#include "resource/json_write.hpp"

namespace contactd::resource {

/// The schema of one field as an object: its rule and its line of documentation.
template <class FieldType>
void append_field_schema(std::string& out, const FieldType& each) {
  out += R"({"allOf":[)";
  each.rule.schema(out);
  out += R"(],"description":)";
  append_json_string(out, each.doc);
  if (each.traits.read_only) out += R"(,"readOnly":true)";
  out += '}';
}

/// An object schema with a property for each field and the required ones named.
template <class T>
std::string json_schema() {
  std::string out = R"({"type":"object","properties":)";
  std::string required;
  {
    JsonObject properties(out);
    for_each_field<T>([&](const auto& each) {
      append_field_schema(properties.member(each.name), each);
      if (!each.traits.required) return;
      if (!required.empty()) required += ',';
      append_json_string(required, each.name);
    });
  }
  return out + R"(,"required":[)" + required + "]}";
}

}  // namespace contactd::resource
