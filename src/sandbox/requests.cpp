// Records as JSON; what a record lacks is left out.
#include "sandbox/requests.hpp"

#include "resource/json_write.hpp"

namespace contactd::sandbox {
namespace {

using resource::JsonObject;

void text_if(JsonObject& object, std::string_view field, const std::optional<std::string>& value) {
  if (value) object.text(field, *value);
}

void tags_if(JsonObject& object, const std::optional<resource::Tags>& tags) {
  if (!tags) return;
  std::string& out = object.member("tags");
  out += '[';
  for (std::size_t i = 0; i < tags->size(); ++i) {
    if (i > 0) out += ',';
    resource::append_json_string(out, (*tags)[i]);
  }
  out += ']';
}

void props(JsonObject& object, const std::vector<model::Prop>& all) {
  std::string& out = object.member("props");
  out += '[';
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0) out += ',';
    JsonObject prop(out);
    prop.text("key", all[i].key);
    prop.text("type", all[i].type);
    prop.text("value", all[i].value);
  }
  out += ']';
}

}  // namespace

std::string contact_body(const model::Contact& contact) {
  std::string body;
  {
    JsonObject object(body);
    object.text("name", contact.name);
    object.text("namespace", contact.name_space.name);
    text_if(object, "ref_id", contact.ref_id);
    object.text("status", contact.status);
    object.text("type", contact.type);
    tags_if(object, contact.tags);
    text_if(object, "rm_id", contact.rm_id);
    text_if(object, "branch_id", contact.branch_id);
    props(object, contact.props);
  }
  return body;
}

std::string address_body(const model::Address& address) {
  std::string body;
  {
    JsonObject object(body);
    object.text("contact_id", "{id}");
    text_if(object, "address_line", address.address_line);
    text_if(object, "city", address.city);
    text_if(object, "state", address.state);
    text_if(object, "country", address.country);
    text_if(object, "pincode", address.pincode);
    tags_if(object, address.tags);
  }
  return body;
}

std::string bank_body(const model::Bank& bank) {
  std::string body;
  {
    JsonObject object(body);
    object.text("contact_id", "{id}");
    object.text("account_holder_name", bank.account_holder_name);
    object.text("account_no", bank.account_no);
    object.text("ifsc", bank.ifsc);
    text_if(object, "account_type", bank.account_type);
    text_if(object, "bank_name", bank.bank_name);
    text_if(object, "branch_name", bank.branch_name);
    object.boolean("is_verified", bank.is_verified);
  }
  return body;
}

std::string relation_body(std::string_view type, std::string_view name) {
  std::string body;
  {
    JsonObject object(body);
    object.text("contact", "{id}");
    object.text("type", type);
    if (name.empty()) {
      object.text("related_contact", "{other}");
    } else {
      object.text("name", name);
    }
  }
  return body;
}

std::string text_body(std::string_view field, std::string_view value) {
  std::string body;
  {
    JsonObject object(body);
    object.text(field, value);
  }
  return body;
}

}  // namespace contactd::sandbox
