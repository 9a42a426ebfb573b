// Rules of contacts and namespaces beyond their fields.
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

void Behaviour<Contact>::before_update(const Contact& before, const Contact& after) {
  if (before.approval_state == "rejected" && before.status != "active" && after.status == "active") {
    throw Problem(problem_kind("rejected"));
  }
}

void Behaviour<model::Namespace>::before_removal(store::WriteSession& session, const model::Namespace& value) {
  store::ListQuery inside;
  inside.equalities.push_back({"namespace_id", value.audit.id, true});
  const std::int64_t contacts = store::count_rows(session, inside, store::table_of<Contact>());
  if (contacts > 0) {
    throw Problem(problem_kind("in_use"),
                  contacts == 1 ? "a contact is in it" : std::to_string(contacts) + " contacts are in it");
  }
}

}  // namespace contactd::api
