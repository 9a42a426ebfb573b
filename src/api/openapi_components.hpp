// The schemas and headers that the document names: each is written once, when something first refers to it.
#pragma once

#include <map>

#include "api/operation.hpp"
#include "resource/json_schema.hpp"

namespace contactd::api {

class Components final : public resource::SchemaBook {
 public:
  /// `{"$ref":"#/components/schemas/…"}`
  std::string reference(const Schema& schema);
  std::string one_of(std::string_view plural, resource::SchemaUse use) override;
  std::string extra(std::string_view noun) override;

  /// The `headers` of a response: these, and those that every answer bears. A `?` behind a name: not always there.
  void append_headers(std::string& out, const std::vector<std::string_view>& names);

  // All that were referred to, by name.
  const std::map<std::string, std::string>& schemas() const { return schemas_; }
  const std::map<std::string, std::string>& headers() const { return headers_; }

 private:
  std::map<std::string, std::string> schemas_;
  std::map<std::string, std::string> headers_;
};

template <class T, resource::SchemaUse Use>
std::string resource_schema(Components& components) {
  return resource::json_schema<T>(Use, components);
}

template <class T>
inline constexpr std::string_view noun_of = resource::description<T>.names.singular;

template <class T>
inline constexpr Schema answer_schema{noun_of<T>, "", resource_schema<T, resource::SchemaUse::answer>};
template <class T>
inline constexpr Schema create_schema{noun_of<T>, "Create", resource_schema<T, resource::SchemaUse::create>};
template <class T>
inline constexpr Schema update_schema{noun_of<T>, "Update", resource_schema<T, resource::SchemaUse::patch>};

/// An array of what the schema describes.
std::string array_of(const std::string& schema);
/// The envelope of a list (contract section 1.6) around rows of that schema.
std::string envelope_schema(const std::string& row);

template <class T>
inline constexpr Schema list_schema{
    noun_of<T>, "List", [](Components& components) { return envelope_schema(components.reference(answer_schema<T>)); }};

/// Every refusal (RFC 9457).
extern const Schema problem_schema;

}  // namespace contactd::api
