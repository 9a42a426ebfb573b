// Create, update, retrieve and delete, for whatever has a description.
#pragma once

#include <memory>

#include "api/call.hpp"
#include "api/expand.hpp"
#include "api/preconditions.hpp"
#include "resource/write.hpp"
#include "store/repository.hpp"

namespace contactd::api {

using resource::Draft;
using resource::ReadMode;

/// What a resource adds to the common way of things; specialised where there is something to add.
template <class T>
struct Behaviour {
  /// Completes and checks a resource as a whole, before it is kept. `before` is null for a creation. What has a
  /// violation already has no value worth checking.
  static void complete(const T* before, T& after, Violations& violations) {
    (void)before;
    if constexpr (requires { check(after, violations); }) check(after, violations);
  }
  /// Throws a Problem when this change is in conflict with how things stand.
  static void before_update(const T&, const T&) {}
  /// Throws a Problem when the resource may not be removed now.
  static void before_removal(store::WriteSession&, const T&) {}
  /// Of a successful PATCH.
  static constexpr int patched_status = 200;
};

/// The answer that shows one resource.
template <class T>
Reply shown(int status, T value, const store::Caller& caller) {
  Reply reply{.status = status, .version = value.audit.version};
  reply.body = [value = std::move(value), tenant = caller.tenant] {
    std::string body;
    body.reserve(768);
    resource::append_resource(body, value, tenant);
    return body;
  };
  return reply;
}

template <class T>
T require(store::Session& session, const std::string& id) {
  if (!is_well_formed_id(id)) refuse_not_found();
  auto found = store::find<T>(session, id);
  if (!found) refuse_not_found();
  return std::move(*found);
}

/// What a body says of a resource, as far as the body alone can tell. Null when it is not JSON.
template <class T>
std::shared_ptr<Draft<T>> draft_of(const Call& call, ReadMode mode, Violations& violations) {
  const auto* document = std::get_if<resource::JsonDocument>(&call.body);
  if (document == nullptr) return nullptr;
  return std::make_shared<Draft<T>>(resource::read_draft<T>(document->root(), mode, resource::Path{}, violations));
}

/// Everything that is wrong with what a body says, given what the store holds.
template <class T>
void complete_draft(store::Session& session, Draft<T>& draft, const T* before, Violations& violations) {
  store::resolve_references(session, draft, before, violations);
  if (before != nullptr) resource::check_immutable(draft, *before, violations);
}

/// The plan for a body that is bad already: it never reaches the writer. First whether the resource is there, then all
/// that is wrong.
template <class T>
Plan refusing_plan(const Call& call, std::shared_ptr<Draft<T>> draft, Violations violations, bool has_id) {
  return {ReadWork([&call, draft, violations = std::move(violations), has_id](store::Session& session) -> Reply {
    std::optional<T> before;
    if (has_id) before = require<T>(session, call.id());
    if (!draft) throw json_problem(std::get<resource::JsonError>(call.body));
    Violations all = violations;
    const T* current = before ? &*before : nullptr;
    Draft<T> completed = *draft;
    complete_draft<T>(session, completed, current, all);
    T after = before ? *before : completed.value;
    resource::apply_draft(completed, after);
    Behaviour<T>::complete(current, after, all);
    throw Problem(all);
  })};
}

template <class T>
Plan create(const Call& call) {
  call.refuse_parameters();
  Violations violations;
  auto draft = draft_of<T>(call, ReadMode::create, violations);
  if (!draft || !violations.empty()) return refusing_plan<T>(call, draft, violations, false);
  return {WriteWork([draft](store::WriteSession& session) {
    Violations found;
    Draft<T> completed = *draft;  // another run of this begins with what was sent
    complete_draft<T>(session, completed, nullptr, found);
    T& value = completed.value;
    Behaviour<T>::complete(nullptr, value, found);
    if (!found.empty()) throw Problem(found);
    store::insert(session, value);
    Reply reply = shown(201, value, session.caller());
    reply.location = std::string(resource::description<T>.names.path) + value.audit.id + "/";
    return reply;
  })};
}

template <class T>
Plan update(const Call& call) {
  call.refuse_parameters();
  Violations violations;
  auto draft = draft_of<T>(call, ReadMode::patch, violations);
  if (!draft || !violations.empty()) return refusing_plan<T>(call, draft, violations, true);
  return {WriteWork([&call, draft](store::WriteSession& session) {
    const T before = require<T>(session, call.id());
    Violations found;
    Draft<T> completed = *draft;
    complete_draft<T>(session, completed, &before, found);
    T after = before;
    resource::apply_draft(completed, after);
    Behaviour<T>::complete(&before, after, found);
    if (!found.empty()) throw Problem(found);
    require_match(call.request, before.audit.version);
    Behaviour<T>::before_update(before, after);
    store::update(session, before, after);
    return shown(Behaviour<T>::patched_status, std::move(after), session.caller());
  })};
}

template <class T>
Plan retrieve(const Call& call) {
  Words words = read_expand(call, expand_words<T>());
  if (words.empty()) {
    return {ReadWork([&call](store::Session& session) {
      if (!is_well_formed_id(call.id())) refuse_not_found();
      auto found = store::find_shown<T>(session, call.id());
      if (!found) refuse_not_found();
      Reply reply{.version = found->version};
      reply.body = std::move(found->json);
      return reply;
    })};
  }
  return {ReadWork([&call, words = std::move(words)](store::Session& session) {
    std::vector<T> rows{require<T>(session, call.id())};
    auto expanded = expand(session, rows, words, children_shown_max);
    Reply reply{.version = rows.front().audit.version};
    reply.body = [row = std::move(rows.front()), expanded = std::move(expanded.front()),
                  tenant = session.caller().tenant] {
      std::string body;
      append_expanded(body, row, tenant, expanded);
      return body;
    };
    return reply;
  })};
}

template <class T>
Plan remove(const Call& call) {
  call.refuse_parameters();
  return {WriteWork([&call](store::WriteSession& session) {
    const T before = require<T>(session, call.id());
    require_match(call.request, before.audit.version);
    Behaviour<T>::before_removal(session, before);
    store::remove(session, before);
    return Reply{.status = 204};
  })};
}

}  // namespace contactd::api
