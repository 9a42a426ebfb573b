// Examples of bodies, and the answers that the service itself makes of them: nothing in an answer is written by hand.
#pragma once

#include <stdexcept>

#include "api/list.hpp"
#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/contact.hpp"
#include "model/namespace.hpp"
#include "model/relation.hpp"
#include "resource/read.hpp"

namespace contactd::api {

/// The id under which the published pages show a contact, and another one that they name.
inline constexpr std::string_view example_id = "01JQ8RRBB2XRSVTCG11Y6JKCKH";
inline constexpr std::string_view other_example_id = "01JVVTX6K82VK4X4RBJBGFKG4C";
inline constexpr std::string_view example_prop_id = "01JQ8RRB3HN71YQWJK8QRWG80K";

/// What may be sent to make a `T`, and to change it. Those of contacts, namespaces and relations are the published
/// ones.
template <class T>
struct Example;

template <>
struct Example<model::Namespace> {
  static constexpr std::string_view create = R"({"name":"customer"})";
  static constexpr std::string_view update = R"({"name":"string","contact_pattern":"string","contact_counter":0,)"
                                             R"("account_pattern":"string","account_counter":0})";
};

template <>
struct Example<model::Contact> {
  static constexpr std::string_view create =
      R"({"name":"Sukumar","ref_id":"jijkdmkdoedmsaad","status":"active","type":"individual","tags":["string"],)"
      R"("refs":{},"branch_id":"","namespace":"Vayana",)"
      R"("props":[{"key":"pan_no","type":"number","value":"123254684"}]})";
  static constexpr std::string_view update = R"({"tags":["9uJPe0RjSZ","RIPx3gSDNzV","ZdZ- gtkSZTBZeO6m"]})";
};

template <>
struct Example<model::Address> {
  static constexpr std::string_view create =
      R"({"contact_id":"01JQ8RRBB2XRSVTCG11Y6JKCKH","address_line":"14, MG Road","city":"Pune",)"
      R"("state":"Maharashtra","country":"India","pincode":"411001","coords":{"lat":18.5196,"lon":73.8553},)"
      R"("tags":["home"]})";
  static constexpr std::string_view update = R"({"address_line":"22, MG Road","tags":["home","verified"]})";
};

template <>
struct Example<model::Bank> {
  static constexpr std::string_view create =
      R"({"contact_id":"01JQ8RRBB2XRSVTCG11Y6JKCKH","account_holder_name":"Sukumar","account_no":"50100012345678",)"
      R"("ifsc":"HDFC0000001","account_type":"savings","bank_name":"HDFC Bank","branch_name":"Pune Camp"})";
  static constexpr std::string_view update = R"({"is_verified":true})";
};

template <>
struct Example<model::Relation> {
  static constexpr std::string_view create = R"({"contact":"01JQ8RRBB2XRSVTCG11Y6JKCKH","type":"mother"})";
  static constexpr std::string_view update = R"({"contact":"01JQ8RRBB2XRSVTCG11Y6JKCKH","type":"father",)"
                                             R"("related_contact":"01JVVTX6K82VK4X4RBJBGFKG4C"})";
};

template <>
struct Example<model::Prop> {
  static constexpr std::string_view create = R"({"key":"pan_no","type":"number","value":"123254684"})";
};

/// What the service reads in an example. Throws std::logic_error when it would refuse it.
template <class T>
resource::Draft<T> example_draft(std::string_view body, resource::ReadMode mode) {
  const auto document = resource::JsonDocument::parse(body);
  Violations violations;
  auto draft =
      resource::read_draft<T>(std::get<resource::JsonDocument>(document).root(), mode, resource::Path{}, violations);
  if (!violations.empty()) throw std::logic_error("a bad example: " + violations.front().field);
  return draft;
}

/// Who and when, as the published pages show it.
resource::Audit example_audit();
inline constexpr std::string_view example_tenant = "23067dbc-6c62-4203-9014-7100e4ffe811";

template <class T>
T created_resource() {
  T value = example_draft<T>(Example<T>::create, resource::ReadMode::create).value;
  if constexpr (resource::HasAudit<T>) {
    value.audit = example_audit();
  } else {
    value.id = example_prop_id;
  }
  if constexpr (requires { value.props; }) value.props.front().id = example_prop_id;
  return value;
}

template <class T>
T updated_resource() {
  T value = created_resource<T>();
  resource::apply_draft(example_draft<T>(Example<T>::update, resource::ReadMode::patch), value);
  value.audit.updated_at = parse_date_or_instant("2025-03-26T13:54:34.531893Z")->first;
  value.audit.updated_by = value.audit.created_by;
  return value;
}

// As texts, for the document.

template <class T>
std::string create_example() {
  return std::string(Example<T>::create);
}
template <class T>
std::string update_example() {
  return std::string(Example<T>::update);
}

template <class T>
std::string shown_example(const T& value) {
  std::string text;
  resource::append_resource(text, value, example_tenant);
  return text;
}
template <class T>
std::string created_example() {
  return shown_example(created_resource<T>());
}
template <class T>
std::string updated_example() {
  return shown_example(updated_resource<T>());
}

/// A list with that row alone.
std::string list_example(const std::string& row);
template <class T>
std::string listed_example() {
  return list_example(updated_example<T>());
}

template <class T>
std::string array_example() {
  return "[" + created_example<T>() + "]";
}

}  // namespace contactd::api
