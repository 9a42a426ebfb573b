// Cross-field rules of contacts and namespaces, and the endpoints that set a contact's status.
#include "api/contacts.hpp"

#include <algorithm>

#include "store/query.hpp"

namespace contactd::api {

using model::Contact;

void Behaviour<Contact>::complete(const Contact* before, Contact& after, Violations& violations) {
  const bool props_are_bad = std::any_of(violations.begin(), violations.end(),
                                         [](const Violation& each) { return each.field.starts_with("props"); });
  if (props_are_bad) return;
  static const std::vector<model::Prop> none;
  after.props = model::resolve_props(before == nullptr ? none : before->props, std::move(after.props), violations);
}

void Behaviour<model::Namespace>::before_removal(store::WriteSession& session, const model::Namespace& value) {
  store::ListQuery inside;
  inside.equalities.push_back({"namespace_id", value.audit.id, true});
  const std::int64_t contacts = store::count_rows(session, inside, store::table_of<Contact>());
  if (contacts > 0) {
    throw Problem(problem_kind("in_use"), std::to_string(contacts) + " contacts are in it");
  }
}

namespace {

/// The body of an action that takes no fields: absent or `{}`.
Violations unexpected_fields(const Call& call, std::optional<Problem>& not_json) {
  Violations violations;
  if (const auto* error = std::get_if<resource::JsonError>(&call.body)) {
    not_json = json_problem(*error);
    return violations;
  }
  const auto root = std::get<resource::JsonDocument>(call.body).root();
  if (root.kind() != resource::JsonKind::object) {
    violations.push_back({"", "wrong_type", "must be an object"});
    return violations;
  }
  const resource::Path body_path;
  for (const auto member : root) {
    if (violations.size() >= violations_max) break;
    violations.push_back({resource::Path(body_path, member.key()).text(), "unknown_field", "there is no such field"});
  }
  return violations;
}

Plan set_status(const Call& call, const char* status) {
  call.refuse_parameters();
  std::optional<Problem> not_json;
  const Violations violations = unexpected_fields(call, not_json);
  if (not_json || !violations.empty()) {
    return {ReadWork([&call, not_json, violations](store::Session& session) -> Reply {
      require<Contact>(session, call.id());
      if (not_json) throw *not_json;
      throw Problem(violations);
    })};
  }
  return {WriteWork([&call, status](store::WriteSession& session) {
    const Contact before = require<Contact>(session, call.id());
    require_match(call.request, before.audit.version);
    Contact after = before;
    after.status = status;
    store::update(session, before, after);
    return shown(200, std::move(after), session.caller());
  })};
}

}  // namespace

Plan activate_contact(const Call& call) {
  return set_status(call, "active");
}
Plan deactivate_contact(const Call& call) {
  return set_status(call, "inactive");
}

}  // namespace contactd::api
