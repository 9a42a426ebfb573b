// Two parties out of any JSON: keys are bounded and distinct, and scores are scores.
#include <algorithm>
#include <cstdlib>

#include "dedupe/compare.hpp"
#include "dedupe/keys.hpp"
#include "resource/read.hpp"

namespace {

using namespace contactd;

/// Whatever can be read of a contact; what cannot is left out, as a request would be refused.
dedupe::Party party_of(resource::JsonValue json) {
  dedupe::Party party;
  Violations violations;
  const resource::Path path;
  party.contact = resource::read_draft<model::Contact>(json, resource::ReadMode::partial, path, violations).value;
  if (const auto banks = json.find("banks")) {
    for (const auto item : *banks) {
      party.banks.push_back(
          resource::read_draft<model::Bank>(item, resource::ReadMode::partial, path, violations).value);
    }
  }
  if (const auto addresses = json.find("addresses")) {
    for (const auto item : *addresses) {
      party.addresses.push_back(
          resource::read_draft<model::Address>(item, resource::ReadMode::partial, path, violations).value);
    }
  }
  return party;
}

void require(bool holds) {
  if (!holds) std::abort();
}

void check_keys(const std::vector<std::string>& keys) {
  require(keys.size() <= dedupe::keys_per_row_max);
  require(std::is_sorted(keys.begin(), keys.end()));
  require(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
  for (const std::string& key : keys) require(!key.empty() && key.size() <= dedupe::key_bytes_max);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parsed = resource::JsonDocument::parse({reinterpret_cast<const char*>(data), size});
  const auto* document = std::get_if<resource::JsonDocument>(&parsed);
  if (document == nullptr || document->root().kind() != resource::JsonKind::array) return 0;
  std::vector<dedupe::Party> parties;
  for (const auto item : document->root()) {
    if (parties.size() < 2 && item.kind() == resource::JsonKind::object) parties.push_back(party_of(item));
  }
  if (parties.size() < 2) return 0;
  for (const auto& party : parties) {
    check_keys(dedupe::keys_of(party.contact));
    for (const auto& bank : party.banks) check_keys(dedupe::keys_of(bank));
    (void)dedupe::lookups_of(party);
  }
  const auto one = dedupe::Comparer(parties[0]).compare(parties[1]);
  require(one.score >= 0 && one.score <= 1);
  require(one.is_match == (one.score >= dedupe::match_score_min));
  return 0;
}
