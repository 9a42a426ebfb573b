// What contacts have beyond the common way of things: properties and status.
#pragma once

#include "api/crud.hpp"
#include "model/contact.hpp"
#include "model/namespace.hpp"
#include "model/relation.hpp"

namespace contactd::api {

template <>
struct Behaviour<model::Contact> {
  static void complete(const model::Contact* before, model::Contact& after, Violations& violations);
  static void before_removal(store::WriteSession&, const model::Contact&) {}
  static constexpr int patched_status = 201;  ///< Documented so (contract section 2, row 24).
};

template <>
struct Behaviour<model::Namespace> {
  static void complete(const model::Namespace*, model::Namespace&, Violations&) {}
  /// `in_use` while contacts are in it.
  static void before_removal(store::WriteSession& session, const model::Namespace& value);
  static constexpr int patched_status = 200;
};

Plan activate_contact(const Call& call);
Plan deactivate_contact(const Call& call);

Plan replace_props(const Call& call);
Plan list_props(const Call& call);
Plan remove_props(const Call& call);
Plan retrieve_prop(const Call& call);
Plan put_prop(const Call& call);
Plan remove_prop(const Call& call);

}  // namespace contactd::api
