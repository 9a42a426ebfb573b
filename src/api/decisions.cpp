// Status and approval of a contact. Contract section 2, rows 28 to 31, and section 3, Approval.
#include "api/actions.hpp"
#include "api/contacts.hpp"

namespace contactd::api {

using model::Contact;
using store::Action;

namespace {

Plan set_status(const Call& call, const char* status, Action how) {
  return action<Contact, model::NoFields>(
      call, [&call, status, how](store::WriteSession& session, const Contact& before, const model::NoFields&) {
        require_match(call.request, before.audit.version);
        Contact after = before;
        after.status = status;
        Behaviour<Contact>::before_update(before, after);
        store::update(session, before, after, how);
        return shown(200, std::move(after), session.caller());
      });
}

/// Of two who decide at once with the same tag, the second learns what the first decided.
void require_undecided_since(const Call& call, const Contact& contact) {
  try {
    require_match(call.request, contact.audit.version);
  } catch (Problem& problem) {
    if (contact.approval_by) problem.detail = "it was " + contact.approval_state + " by " + *contact.approval_by;
    throw;
  }
}

Reply decide(const Call& call, store::WriteSession& session, const Contact& before, Contact after, Action how) {
  if (store::is_own_work(session, before, session.caller().user)) throw Problem(problem_kind("self_approval"));
  require_undecided_since(call, before);
  store::update(session, before, after, how);
  return shown(200, std::move(after), session.caller());
}

}  // namespace

Plan activate_contact(const Call& call) {
  return set_status(call, "active", Action::active);
}

Plan deactivate_contact(const Call& call) {
  return set_status(call, "inactive", Action::inactive);
}

Plan approve_contact(const Call& call) {
  return action<Contact, model::NoFields>(
      call, [&call](store::WriteSession& session, const Contact& before, const model::NoFields&) {
        Contact after = before;
        if (before.approval_state != "approved") {
          after.approval_state = "approved";
          after.approval_by = session.caller().user;
          after.approval_reason.reset();
        }
        return decide(call, session, before, std::move(after), Action::approve);
      });
}

Plan reject_contact(const Call& call) {
  return action<Contact, model::Rejection>(call, [&call](store::WriteSession& session, const Contact& before,
                                                         const model::Rejection& body) {
    Contact after = before;
    const bool repeats = before.approval_state == "rejected" && (!body.reason || body.reason == before.approval_reason);
    if (!repeats) {
      after.approval_state = "rejected";
      after.approval_by = session.caller().user;
      after.approval_reason = body.reason;
      after.status = "inactive";
    }
    return decide(call, session, before, std::move(after), Action::reject);
  });
}

}  // namespace contactd::api
