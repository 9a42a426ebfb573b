// An action: a request with a small body, or none, upon one resource.
#pragma once

#include "api/crud.hpp"
#include "model/decision.hpp"

namespace contactd::api {

/// Reads the body, answers 404 before what is wrong with it, and then lets `act` do the rest on the writer.
template <class T, class Body>
Plan action(const Call& call, std::function<Reply(store::WriteSession&, const T& before, const Body&)> act) {
  call.refuse_parameters();
  Violations violations;
  auto draft = draft_of<Body>(call, ReadMode::create, violations);
  if (!draft || !violations.empty()) {
    return {ReadWork([&call, draft, violations](store::Session& session) -> Reply {
      require<T>(session, call.id());
      if (!draft) throw json_problem(std::get<resource::JsonError>(call.body));
      throw Problem(violations);
    })};
  }
  return {WriteWork([&call, draft, act = std::move(act)](store::WriteSession& session) {
    return act(session, require<T>(session, call.id()), draft->value);
  })};
}

}  // namespace contactd::api
