// Reading a dedupe request: any part of a create body, lists of addresses and accounts, and the members of its own.
#include "api/dedupe_request.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "resource/read.hpp"

namespace contactd::api {
namespace {

using resource::JsonKind;
using resource::JsonValue;
using resource::Path;

constexpr std::array own_members{std::string_view{"contact"}, std::string_view{"addresses"}, std::string_view{"banks"},
                                 std::string_view{"threshold"}, std::string_view{"limit"}};
/// What may stand beside `contact`: all that does not describe a party.
constexpr std::array beside_contact{std::string_view{"contact"}, std::string_view{"namespace"},
                                    std::string_view{"type"}, std::string_view{"threshold"}, std::string_view{"limit"}};

template <std::size_t Size>
bool contains(const std::array<std::string_view, Size>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

template <class T>
std::vector<T> read_rows(JsonValue json, const Path& at, Violations& violations) {
  std::vector<T> rows;
  if (json.kind() != JsonKind::array) {
    violations.push_back({at.text(), "wrong_type", "must be an array"});
    return rows;
  }
  if (json.size() > described_rows_max) {
    violations.push_back({at.text(), "too_many", "must have at most " + std::to_string(described_rows_max) + " items"});
    return rows;
  }
  for (const JsonValue item : json) {
    if (violations.size() >= violations_max) break;
    const Path here(at, rows.size());
    rows.push_back(resource::read_draft<T>(item, resource::ReadMode::partial, here, violations).value);
  }
  return rows;
}

void read_threshold(JsonValue json, double& threshold, Violations& violations) {
  if (json.kind() != JsonKind::number) {
    violations.push_back({"threshold", "wrong_type", "must be a number"});
    return;
  }
  const std::string_view text = json.text();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), threshold);
  if (error != std::errc{} || end != text.data() + text.size() || !(threshold >= 0 && threshold <= 1)) {
    violations.push_back({"threshold", "out_of_range", "must be a number from 0 to 1"});
  }
}

void read_own_member(JsonValue member, DedupeRequest& request, Violations& violations) {
  if (member.is_null()) return;
  const Path body_path;
  const Path here(body_path, member.key());
  if (member.key() == "addresses") {
    request.party.addresses = read_rows<model::Address>(member, here, violations);
  } else if (member.key() == "banks") {
    request.party.banks = read_rows<model::Bank>(member, here, violations);
  } else if (member.key() == "threshold") {
    read_threshold(member, request.threshold, violations);
  } else if (member.key() == "limit") {
    read_value(resource::Whole{1, duplicates_max}, member, request.limit, here, violations);
  } else {
    read_value(resource::Reference{"contacts"}, member, request.contact_id, here, violations);
  }
}

/// A stored contact is compared as it is: a description beside it would be passed over in silence.
void check_alone(JsonValue body, Violations& violations) {
  for (const JsonValue member : body) {
    if (member.is_null() || contains(beside_contact, member.key())) continue;
    violations.push_back({"contact", "conflict", "cannot be given together with a description"});
    return;
  }
}

}  // namespace

DedupeRequest read_dedupe_request(JsonValue body, Violations& violations) {
  DedupeRequest request;
  const Path body_path;
  auto draft = resource::read_draft<model::Contact>(body, resource::ReadMode::partial, body_path, violations);
  std::erase_if(violations, [](const Violation& each) {
    return each.code == "unknown_field" && contains(own_members, each.field);
  });
  if (body.kind() != JsonKind::object) return request;
  request.party.contact = std::move(draft.value);
  for (const JsonValue member : body) {
    if (contains(own_members, member.key())) read_own_member(member, request, violations);
  }
  if (request.contact_id) check_alone(body, violations);
  request.party.contact.props = model::resolve_props({}, std::move(request.party.contact.props), violations);
  request.narrows_namespace = !request.party.contact.name_space.name.empty();
  request.narrows_type = !request.party.contact.type.empty();
  return request;
}

}  // namespace contactd::api
