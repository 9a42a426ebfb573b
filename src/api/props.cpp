// The endpoints of a contact's properties: the whole set, and one by its key. Contract section 2, rows 15 to 17.
#include "api/contacts.hpp"
#include "resource/text.hpp"

namespace contactd::api {

using model::Contact;
using model::Prop;

namespace {

Reply shown_props(const Contact& contact) {
  Reply reply{.version = contact.audit.version};
  reply.body = [props = contact.props] {
    std::string body = "[";
    for (const Prop& prop : props) {
      if (&prop != &props.front()) body += ',';
      resource::append_resource(body, prop, {});
    }
    return body += ']';
  };
  return reply;
}

Reply shown_prop(int status, const Contact& contact, const Prop& prop) {
  Reply reply{.status = status, .version = contact.audit.version};
  reply.body = [prop] {
    std::string body;
    resource::append_resource(body, prop, {});
    return body;
  };
  return reply;
}

/// What a body says, and all that is wrong with it; or why it is no JSON.
template <class Sent>
struct Reading {
  Sent sent{};
  Violations violations;
  std::optional<Problem> not_json;
  bool is_bad() const { return not_json || !violations.empty(); }
  Problem problem() const { return not_json ? *not_json : Problem(violations); }
};

/// An array, or an object with `props` alone; violations are named `props/…` either way.
Reading<std::vector<Prop>> read_props(const Call& call) {
  Reading<std::vector<Prop>> reading;
  if (const auto* error = std::get_if<resource::JsonError>(&call.body)) {
    reading.not_json = json_problem(*error);
    return reading;
  }
  const auto root = std::get<resource::JsonDocument>(call.body).root();
  const resource::Path body_path;
  const resource::Path at(body_path, "props");
  const resource::Children<Prop> rule{model::props_max};
  if (root.kind() != resource::JsonKind::object) {
    read_value(rule, root, reading.sent, at, reading.violations);
    return reading;
  }
  bool found = false;
  for (const auto member : root) {
    if (reading.violations.size() >= violations_max) break;
    if (member.key() == "props" && !member.is_null()) {
      found = true;
      read_value(rule, member, reading.sent, at, reading.violations);
    } else if (member.key() != "props") {
      reading.violations.push_back(
          {resource::Path(body_path, member.key()).text(), "unknown_field", "there is no such field"});
    }
  }
  if (!found) reading.violations.push_back({"props", "required", "is required"});
  return reading;
}

const std::string& key_of(const Call& call) {
  return call.path_values.at(1);
}

/// One property; its key is the path's, and a key in the body must be the same.
Reading<Prop> read_prop(const Call& call) {
  Reading<Prop> reading;
  if (const auto* error = std::get_if<resource::JsonError>(&call.body)) {
    reading.not_json = json_problem(*error);
    return reading;
  }
  const resource::Path root_path;
  auto draft = resource::read_draft<Prop>(std::get<resource::JsonDocument>(call.body).root(), ReadMode::create,
                                          root_path, reading.violations);
  std::erase_if(reading.violations,
                [](const Violation& each) { return each.field == "key" && each.code == "required"; });
  reading.sent = std::move(draft.value);
  if (draft.given[0] && reading.violations.empty() && reading.sent.key != key_of(call)) {
    reading.violations.push_back({"key", "mismatch", "must be the key in the path"});
  }
  reading.sent.key = key_of(call);
  if (reading.violations.empty()) check(reading.sent, root_path, reading.violations);
  return reading;
}

const Prop* find_prop(const Contact& contact, const std::string& key) {
  for (const Prop& prop : contact.props) {
    if (prop.key == key) return &prop;
  }
  return nullptr;
}

const Prop& require_prop(const Contact& contact, const std::string& key) {
  if (const Prop* prop = find_prop(contact, key)) return *prop;
  refuse_not_found();
}

template <class Sent>
Plan refusing_plan_for(const Call& call, const Reading<Sent>& reading) {
  return {ReadWork([&call, reading](store::Session& session) -> Reply {
    require<Contact>(session, call.id());
    throw reading.problem();
  })};
}

}  // namespace

Plan replace_props(const Call& call) {
  call.refuse_parameters();
  const auto reading = read_props(call);
  if (reading.is_bad()) return refusing_plan_for(call, reading);
  return {WriteWork([&call, sent = reading.sent](store::WriteSession& session) {
    const Contact before = require<Contact>(session, call.id());
    Contact after = before;
    Violations violations;
    after.props = model::resolve_props(before.props, sent, violations);
    if (!violations.empty()) throw Problem(violations);
    require_match(call.request, before.audit.version);
    store::update(session, before, after);
    return shown_props(after);
  })};
}

Plan list_props(const Call& call) {
  call.refuse_parameters();
  return {ReadWork([&call](store::Session& session) { return shown_props(require<Contact>(session, call.id())); })};
}

Plan remove_props(const Call& call) {
  Violations violations = call.unknown_parameters({"key"});
  std::vector<std::string> keys;
  for (const auto& [name, value] : call.target.parameters) {
    if (name != "key") continue;
    keys.push_back(resource::fold_white_space(value));
    if (keys.back().empty()) violations.push_back({"key", "blank", "must not be empty"});
  }
  if (!violations.empty()) throw Problem(violations);
  return {WriteWork([&call, keys](store::WriteSession& session) {
    const Contact before = require<Contact>(session, call.id());
    require_match(call.request, before.audit.version);
    Contact after = before;
    std::erase_if(after.props, [&](const Prop& prop) {
      return keys.empty() || std::find(keys.begin(), keys.end(), prop.key) != keys.end();
    });
    store::update(session, before, after);
    return Reply{.status = 204};
  })};
}

Plan retrieve_prop(const Call& call) {
  call.refuse_parameters();
  return {ReadWork([&call](store::Session& session) {
    const Contact contact = require<Contact>(session, call.id());
    return shown_prop(200, contact, require_prop(contact, key_of(call)));
  })};
}

Plan put_prop(const Call& call) {
  call.refuse_parameters();
  const auto reading = read_prop(call);
  if (reading.is_bad()) return refusing_plan_for(call, reading);
  return {WriteWork([&call, sent = reading.sent](store::WriteSession& session) {
    const Contact before = require<Contact>(session, call.id());
    const Prop* existing = find_prop(before, sent.key);
    std::string key = sent.key;
    const auto refused = resource::Matching{model::prop_key_pattern}.check(key);
    if (existing == nullptr && refused)
      throw Problem(Violations{{"key", std::string(refused->code), refused->message}});
    if (existing == nullptr && before.props.size() >= model::props_max) {
      throw Problem(Violations{{"props", "too_many", "must have at most 100 items"}});
    }
    require_match(call.request, before.audit.version);
    Contact after = before;
    Prop& kept = existing == nullptr ? after.props.emplace_back()
                                     : after.props[static_cast<std::size_t>(existing - before.props.data())];
    const std::string id = kept.id;
    kept = sent;
    kept.id = id;
    const std::size_t index = static_cast<std::size_t>(&kept - after.props.data());
    store::update(session, before, after);
    Reply reply = shown_prop(existing == nullptr ? 201 : 200, after, after.props[index]);
    return reply;
  })};
}

Plan remove_prop(const Call& call) {
  call.refuse_parameters();
  return {WriteWork([&call](store::WriteSession& session) {
    const Contact before = require<Contact>(session, call.id());
    require_prop(before, key_of(call));
    require_match(call.request, before.audit.version);
    Contact after = before;
    std::erase_if(after.props, [&](const Prop& prop) { return prop.key == key_of(call); });
    store::update(session, before, after);
    return Reply{.status = 204};
  })};
}

}  // namespace contactd::api
