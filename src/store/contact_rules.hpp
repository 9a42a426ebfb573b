// What the store decides about contacts at every write, so that no endpoint can forget it: generated references, and
// approval that follows the work. Contract section 3, Namespace and Approval.
#pragma once

#include "model/contact.hpp"
#include "store/history.hpp"
#include "store/session.hpp"

namespace contactd::store {

/// Completes a row before it is kept; its audit block says already when and by whom. `before` is null for a creation.
template <class T>
void settle(WriteSession&, const T*, T&) {}
/// Gives a contact its reference where the namespace makes them; in a `four_eyes` namespace any work on it makes it
/// pending again.
void settle(WriteSession& session, const model::Contact* before, model::Contact& after);

/// Work was done on something that belongs to the contact: where four eyes are asked for, it is pending again.
void work_was_done(WriteSession& session, std::string_view contact_id);

/// After a row was kept: what it is part of follows. The contact itself was settled before.
template <class T>
void follow(WriteSession& session, const T* before, const T* after) {
  if constexpr (!std::is_same_v<T, model::Contact>) {
    if (!changes_content(before, after)) return;
    std::vector<std::string_view> contact_ids;
    add_contacts_of(before, contact_ids);
    add_contacts_of(after, contact_ids);
    for (const std::string_view id : contact_ids) work_was_done(session, id);
  }
}

/// Whether this user may not decide on the contact: four eyes are asked for, and two of them are the maker's.
bool is_own_work(Session& session, const model::Contact& contact, std::string_view user);

}  // namespace contactd::store
