// Finding who might be the same: look the keys up, compare what they lead to, show the best. Contract section 4.
#include "api/dedupe.hpp"

#include <algorithm>
#include <charconv>

#include "api/crud.hpp"
#include "api/dedupe_operation.hpp"
#include "api/dedupe_request.hpp"
#include "dedupe/compare.hpp"
#include "store/dedupe_keys.hpp"
#include "store/related.hpp"

namespace contactd::api {
namespace {

using dedupe::Party;
using model::Contact;

struct Duplicate {
  Contact contact;
  dedupe::Comparison comparison;
};

template <class Child>
void add_children(store::Session& session, std::vector<Party>& parties, std::vector<Child> Party::*children) {
  std::vector<std::string> ids;
  std::map<std::string_view, std::size_t> at;
  for (std::size_t i = 0; i < parties.size(); ++i) {
    ids.push_back(parties[i].contact.audit.id);
    at.emplace(parties[i].contact.audit.id, i);
  }
  for (auto& row : store::newest_of<Child>(session, "contact_id", ids, compared_children_max)) {
    (parties[at.at(row.contact_id)].*children).push_back(std::move(row));
  }
}

/// Those of the contacts that are worth comparing, with what they can be compared by. Of the hundreds that share a word
/// of a common name few are: only theirs are the addresses and accounts that are fetched.
std::vector<Party> parties(store::Session& session, const std::vector<std::string>& ids, bool addresses, bool banks,
                           FunctionRef<bool(const Contact&)> is_worth_comparing) {
  std::vector<Party> found;
  for (Contact& contact : store::find_all<Contact>(session, ids)) {
    if (is_worth_comparing(contact)) found.push_back({std::move(contact), {}, {}});
  }
  if (found.empty()) return found;
  if (addresses) add_children(session, found, &Party::addresses);
  if (banks) add_children(session, found, &Party::banks);
  return found;
}

std::vector<Duplicate> duplicates_of(store::Session& session, const Party& candidate, const DedupeRequest& request) {
  store::Narrowing narrowing;
  if (request.narrows_namespace) narrowing.namespace_id = request.party.contact.name_space.id;
  if (request.narrows_type) narrowing.type = request.party.contact.type;
  const auto ids = store::contacts_with_keys(session, dedupe::lookups_of(candidate), narrowing,
                                             candidate.contact.audit.id, compared_contacts_max);
  const dedupe::Comparer comparer(candidate);
  std::vector<Duplicate> found;
  const auto is_worth_comparing = [&](const Contact& contact) {
    return comparer.may_reach(request.threshold, contact);
  };
  for (Party& stored :
       parties(session, ids, !candidate.addresses.empty(), !candidate.banks.empty(), is_worth_comparing)) {
    auto comparison = comparer.compare(stored);
    if (comparison.score >= request.threshold) found.push_back({std::move(stored.contact), std::move(comparison)});
  }
  // Of two that are equally likely the newer one comes first, so that the same question has the same answer.
  std::sort(found.begin(), found.end(), [](const Duplicate& left, const Duplicate& right) {
    return left.comparison.score != right.comparison.score ? left.comparison.score > right.comparison.score
                                                           : left.contact.audit.id > right.contact.audit.id;
  });
  if (found.size() > static_cast<std::size_t>(request.limit)) found.resize(static_cast<std::size_t>(request.limit));
  return found;
}

void append_decimal(std::string& out, double value, int digits) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, digits).ptr;
  std::string_view number(text, static_cast<std::size_t>(end - text));
  while (number.ends_with('0')) number.remove_suffix(1);
  if (number.ends_with('.')) number.remove_suffix(1);
  out += number == "-0" ? "0" : number;
}

void append_reason(std::string& out, const dedupe::Reason& reason) {
  resource::JsonObject object(out);
  object.text("field", reason.field);
  object.text("kind", reason.kind);
  if (reason.similarity) append_decimal(object.member("similarity"), *reason.similarity, 2);
  append_decimal(object.member("weight"), reason.weight, 2);
}

void append_duplicate(std::string& out, const Duplicate& duplicate, std::string_view tenant) {
  resource::JsonObject object(out);
  resource::append_resource(object.member("contact"), duplicate.contact, tenant);
  append_decimal(object.member("score"), duplicate.comparison.score, 4);
  object.text("decision", duplicate.comparison.is_match ? "match" : "review");
  object.member("reasons") += '[';
  for (const dedupe::Reason& reason : duplicate.comparison.reasons) {
    if (&reason != &duplicate.comparison.reasons.front()) out += ',';
    append_reason(out, reason);
  }
  out += ']';
}

std::string body_of(const std::vector<Duplicate>& duplicates, std::string_view tenant) {
  std::string body;
  {
    resource::JsonObject object(body);
    object.integer("count", static_cast<std::int64_t>(duplicates.size()));
    object.member("results") += '[';
    for (const Duplicate& duplicate : duplicates) {
      if (&duplicate != &duplicates.front()) body += ',';
      append_duplicate(body, duplicate, tenant);
    }
    body += ']';
  }
  return body;
}

Reply shown(std::vector<Duplicate> duplicates, std::string_view tenant) {
  return {
      .body = [duplicates = std::move(duplicates), tenant] { return body_of(duplicates, tenant); }};
}

/// Finds the namespace that narrows; one that the tenant does not have is a violation.
void look_up_namespace(store::Session& session, DedupeRequest& request, Violations& violations) {
  resource::Draft<Contact> draft{request.party.contact, {}};
  resource::for_each_field_indexed<Contact>([&](const auto& each, std::size_t index) {
    if (each.name == "namespace") draft.given.set(index, request.narrows_namespace);
  });
  store::resolve_references<Contact>(session, draft, nullptr, violations);
  request.party.contact.name_space = draft.value.name_space;
}

/// The party that was described, or the stored one; one that the tenant does not have is a violation.
Party candidate_of(store::Session& session, const DedupeRequest& request, Violations& violations) {
  if (!request.contact_id || resource::has_violation(violations, "contact")) return request.party;
  auto found = parties(session, {*request.contact_id}, true, true, [](const Contact&) { return true; });
  if (!found.empty()) return std::move(found.front());
  violations.push_back({"contact", "does_not_exist", "there is no such one in contacts"});
  return {};
}

Reply answer(store::Session& session, DedupeRequest request, Violations violations) {
  look_up_namespace(session, request, violations);
  const Party candidate = candidate_of(session, request, violations);
  if (!violations.empty()) throw Problem(violations);
  if (!dedupe::has_something_to_compare(candidate)) throw Problem(problem_kind("nothing_to_compare"));
  return shown(duplicates_of(session, candidate, request), session.caller().tenant);
}

}  // namespace

std::string duplicates_example() {
  const auto asked = resource::JsonDocument::parse(dedupe_request_example());
  Violations violations;
  const auto request = read_dedupe_request(std::get<resource::JsonDocument>(asked).root(), violations);
  Contact stored = updated_resource<Contact>();
  auto comparison = dedupe::Comparer(request.party).compare({stored, {}, {}});
  return body_of({{std::move(stored), std::move(comparison)}}, example_tenant);
}

Plan find_duplicates(const Call& call) {
  call.refuse_parameters();
  if (const auto* error = std::get_if<resource::JsonError>(&call.body)) throw json_problem(*error);
  Violations violations;
  auto request = read_dedupe_request(std::get<resource::JsonDocument>(call.body).root(), violations);
  return {ReadWork([request = std::move(request), violations = std::move(violations)](store::Session& session) {
            return answer(session, request, violations);
          }),
          true};
}

}  // namespace contactd::api
