// What contacts and namespaces have beyond the common way of things.
#pragma once

#include "api/crud.hpp"
#include "model/contact.hpp"
#include "model/namespace.hpp"
#include "model/relation.hpp"

namespace contactd::api {

template <>
struct Behaviour<model::Contact> {
  static void complete(const model::Contact* before, model::Contact& after, Violations& violations);
  /// `rejected`: such a contact cannot become active.
  static void before_update(const model::Contact& before, const model::Contact& after);
  static void before_removal(store::WriteSession&, const model::Contact&) {}
  static constexpr int patched_status = 201;  ///< Documented so (contract section 2, row 24).
};

template <>
struct Behaviour<model::Namespace> {
  static void complete(const model::Namespace*, model::Namespace&, Violations&) {}
  static void before_update(const model::Namespace&, const model::Namespace&) {}
  /// `in_use` while contacts are in it.
  static void before_removal(store::WriteSession& session, const model::Namespace& value);
  static constexpr int patched_status = 200;
};

Plan activate_contact(const Call& call);
Plan deactivate_contact(const Call& call);
Plan approve_contact(const Call& call);
Plan reject_contact(const Call& call);
Plan list_history(const Call& call);
Plan draw_account_ref(const Call& call);

Plan replace_props(const Call& call);
Plan list_props(const Call& call);
Plan remove_props(const Call& call);
Plan retrieve_prop(const Call& call);
Plan put_prop(const Call& call);
Plan remove_prop(const Call& call);

}  // namespace contactd::api
