// Bodies, parameters and examples of the endpoints that only contacts and namespaces have.
#include "api/contact_operations.hpp"

#include "api/history.hpp"

namespace contactd::api {

using model::Contact;
using model::Prop;
using resource::ObjectSchema;
using resource::SchemaUse;

namespace {

/// What `props` may be in a PATCH of a contact, without its words.
std::string new_props_text(Components& components) {
  return resource::children_schema(resource::Children<Prop>{model::props_max}, SchemaUse::patch, components);
}

Contact decided(std::string state) {
  Contact contact = updated_resource<Contact>();
  contact.audit.updated_by = "f3b2c1d0-7c57-4e0a-9b43-1d2f6a8e5c11";
  contact.audit.updated_at = parse_date_or_instant("2025-03-27T09:12:41.118204Z")->first;
  contact.approval_state = std::move(state);
  contact.approval_by = contact.audit.updated_by;
  contact.approval_at = contact.audit.updated_at;
  return contact;
}

}  // namespace

std::string props_replacement_text(Components& components) {
  ObjectSchema object;
  object.property("props", true) += new_props_text(components);
  return resource::either(new_props_text(components), object.text());
}

std::string props_replacement_example() {
  return "[" + create_example<Prop>() + "]";
}

std::string prop_replacement_text(Components& components) {
  ObjectSchema object;
  resource::for_each_field<Prop>([&](const auto& each) {
    const bool in_path = each.name == "key";
    resource::append_field_schema<Prop>(object.property(each.name, !in_path), each,
                                        in_path ? SchemaUse::partial : SchemaUse::create, components);
  });
  object.ignored("id");
  return object.text();
}

std::vector<Parameter> removed_keys() {
  std::string key;
  resource::Matching{model::prop_key_pattern}.schema(key);
  return {{.name = "key",
           .description = "Which ones, repeated for several; those that are not there are passed over. Absent: all.",
           .schema = array_of(key),
           .example = R"(["pan_no"])",
           .several = Several::repeated}};
}

std::string nothing_example() {
  return "{}";
}

std::string rejection_example() {
  return R"({"reason":"The PAN is not that of the applicant."})";
}

std::string inactive_example() {
  Contact contact = updated_resource<Contact>();
  contact.status = "inactive";
  return shown_example(contact);
}

std::string rejected_example() {
  Contact contact = decided("rejected");
  contact.status = "inactive";
  contact.approval_reason = "The PAN is not that of the applicant.";
  return shown_example(contact);
}

std::string approved_example() {
  return shown_example(decided("approved"));
}

std::string history_text(Components&) {
  constexpr std::string_view id = R"({"type":"string","pattern":"^[0-9A-HJKMNP-TV-Z]{26}$"})";
  ObjectSchema change;
  change.property("field", true) +=
      R"({"type":"string","description":"Its name; `props/` and the key for a property."})";
  change.property("before", true) += R"({"description":"The value before; null when there was none."})";
  change.property("after", true) += R"({"description":"The value since then; null when there is none."})";
  ObjectSchema entry;
  entry.property("id", true) += id;
  resource::Instant{}.schema(entry.property("at", true));
  for (const ListFilter& filter : history_offer({}).filters) filter.schema(entry.property(filter.parameter, true));
  entry.property("request_id", true) += R"({"type":"string","description":"The X-Request-Id of the change."})";
  entry.property("resource_id", true) += id;
  entry.property("changes", true) += array_of(change.text());
  return envelope_schema(entry.text());
}

std::string history_example() {
  return list_example(
      R"({"id":"01JQ8RTMY3KJ5Z0W2V9QF4D8XE","at":"2025-03-26T13:54:34.531893Z",)"
      R"("by":"6da08401-b1f7-46ec-9013-2a9d7bc6185c","request_id":"01JQ8RTMXV5S2Y7B6H1N3C0GKA","action":"update",)"
      R"("resource":"contact","resource_id":"01JQ8RRBB2XRSVTCG11Y6JKCKH",)"
      R"("changes":[{"field":"tags","before":["string"],"after":["9uJPe0RjSZ","RIPx3gSDNzV","ZdZ- gtkSZTBZeO6m"]}]})");
}

std::vector<Parameter> history_parameters() {
  return parameters_of(history_offer({}), "`by`, `request_id`, `resource_id`, and the values before and after");
}

std::string account_ref_text(Components&) {
  ObjectSchema object;
  resource::Matching{model::reference_pattern}.schema(object.property("ref_id", true));
  return object.text();
}

std::string account_ref_example() {
  return R"({"ref_id":"string0"})";
}

}  // namespace contactd::api
