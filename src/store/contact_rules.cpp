// References and approval of contacts.
#include "store/contact_rules.hpp"

#include "store/references.hpp"
#include "store/repository.hpp"

namespace contactd::store {
namespace {

using model::Contact;

constexpr std::string_view pending = "pending";

bool asks_for_four_eyes(Session& session, const std::string& namespace_id) {
  const auto policy = session.first_text(
      "SELECT namespaces.approval_policy FROM namespaces WHERE namespaces.tenant_id = $1 AND namespaces.id = $2",
      session.values().add(namespace_id));
  return policy == "four_eyes";
}

void make_pending(Contact& contact) {
  contact.approval_state = pending;
  contact.approval_by.reset();
  contact.approval_at.reset();
  contact.approval_reason.reset();
}

/// Somebody decided: the decision bears the time of the change.
bool is_decided_anew(const Contact& before, const Contact& after) {
  return after.approval_state != pending &&
         (before.approval_state != after.approval_state || before.approval_by != after.approval_by ||
          before.approval_reason != after.approval_reason);
}

}  // namespace

void settle(WriteSession& session, const Contact* before, Contact& after) {
  const bool comes_in = before == nullptr || !(before->name_space == after.name_space);
  if (comes_in && !after.ref_id) {
    after.ref_id = draw_contact_reference(session, after.name_space.id, after.audit.updated_at);
  }
  if (before == nullptr) return;
  if (is_decided_anew(*before, after)) after.approval_at = after.audit.updated_at;
  if (after.approval_state == pending || !changes_content(before, &after)) return;
  if (asks_for_four_eyes(session, after.name_space.id)) make_pending(after);
}

void work_was_done(WriteSession& session, std::string_view contact_id) {
  const auto state = session.first_text(
      "SELECT contacts.approval_state FROM contacts WHERE contacts.tenant_id = $1 AND contacts.id = $2",
      session.values().add(contact_id));
  if (!state || *state == pending) return;
  const auto before = find<Contact>(session, contact_id);
  if (!asks_for_four_eyes(session, before->name_space.id)) return;
  Contact after = *before;
  make_pending(after);
  update(session, *before, after);
}

bool is_own_work(Session& session, const Contact& contact, std::string_view user) {
  return asks_for_four_eyes(session, contact.name_space.id) && did_work_since_decision(session, contact.audit.id, user);
}

}  // namespace contactd::store
