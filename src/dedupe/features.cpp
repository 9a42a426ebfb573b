// From rows to normalised values.
#include "dedupe/features.hpp"

#include <algorithm>

#include "dedupe/contact_points.hpp"
#include "dedupe/identifiers.hpp"
#include "dedupe/text.hpp"

namespace contactd::dedupe {
namespace {

/// A value that is invalid for its kind is kept as plain text when it is long enough to tell people apart.
constexpr std::size_t plain_bytes_min = 5;
constexpr std::size_t plain_bytes_max = 64;

void add(Features& features, Value&& added) {
  std::size_t of_this_kind = 0;
  for (const Value& value : features.values) {
    if (value.kind != added.kind) continue;
    if (value.text == added.text) return;
    ++of_this_kind;
  }
  if (is_identifier(added.kind) || of_this_kind < contact_points_max) features.values.push_back(std::move(added));
}

std::optional<std::string> normalised(Kind kind, std::string_view text) {
  switch (kind) {
    case Kind::pan:
      return normalised_pan(text);
    case Kind::gstin:
      return normalised_gstin(text);
    case Kind::aadhaar:
      return normalised_aadhaar(text);
    case Kind::passport:
      return normalised_passport(text);
    case Kind::voter_id:
      return normalised_voter_id(text);
    case Kind::driving_licence:
      return normalised_driving_licence(text);
    case Kind::cin:
      return normalised_cin(text);
    case Kind::udyam:
      return normalised_udyam(text);
    case Kind::email:
      return normalised_email(text);
    case Kind::birth_date:
      return normalised_date(text);
    case Kind::phone:
    case Kind::father_name:
      break;
  }
  return std::nullopt;
}

/// What is left of a value that has not the form of its kind: enough digits, and no placeholder.
void add_plain(Features& features, Kind kind, std::string_view value, std::size_t prop) {
  std::string plain = folded(value);
  const auto digits = std::count_if(plain.begin(), plain.end(), is_digit);
  if (plain.size() < plain_bytes_min || plain.size() > plain_bytes_max || digits < 4) return;
  if (is_placeholder(plain) || kind == Kind::birth_date || kind == Kind::email) return;
  add(features, {kind, false, std::move(plain), prop});
}

/// A value with a wrong check digit is still most likely somebody's own.
std::optional<std::string> of_form(Kind kind, std::string_view text) {
  switch (kind) {
    case Kind::pan:
      return if_of_form(text, "AAAAA9999A");
    case Kind::gstin:
      return if_of_form(text, "99AAAAA9999AXXX");
    case Kind::aadhaar:
      return if_of_form(text, "999999999999");
    case Kind::passport:
      return if_of_form(text, "A9999999");
    case Kind::voter_id:
      return if_of_form(text, "AAA9999999");
    case Kind::driving_licence:
      return if_of_form(text, "AA9999999999999");
    case Kind::cin:
      return if_of_form(text, "A99999AA9999AAA999999");
    default:
      return std::nullopt;
  }
}

void add_prop(Features& features, const model::Prop& prop, std::size_t place) {
  if (prop.type == "file" || prop.type == "boolean") return;
  const auto kind = kind_of_key(prop.key);
  if (!kind) return;
  if (*kind == Kind::father_name) {
    features.father_name = parsed_name(prop.value, false);
    features.father_prop = place;
    return;
  }
  if (*kind == Kind::phone) {
    auto phones = phones_in(prop.value);
    if (phones.empty()) add_plain(features, *kind, prop.value, place);
    for (std::string& phone : phones) add(features, {*kind, true, std::move(phone), place});
    return;
  }
  if (auto text = normalised(*kind, prop.value)) {
    add(features, {*kind, true, std::move(*text), place});
  } else if (auto formed = of_form(*kind, prop.value)) {
    add(features, {*kind, true, std::move(*formed), place, false});
  } else {
    add_plain(features, *kind, prop.value, place);
  }
}

/// What the type says, else the holder's letter in a PAN: P is a person, H a family under a person's name.
bool is_company(const Features& features) {
  if (!features.type.empty()) return features.type == "corporate";
  return std::any_of(features.values.begin(), features.values.end(), [](const Value& value) {
    return value.kind == Kind::pan && value.is_valid && value.is_checked && holder_kind(value.text) != 'P' &&
           holder_kind(value.text) != 'H';
  });
}

}  // namespace

Features features_of(const model::Contact& contact) {
  Features features;
  features.type = contact.type;
  features.name_space = contact.name_space.id;
  features.name_space_name = contact.name_space.name;
  features.ref_id = contact.ref_id.value_or("");
  features.values.reserve(contact.props.size() + 1);
  for (std::size_t place = 0; place < contact.props.size(); ++place) add_prop(features, contact.props[place], place);
  // After the properties, so that a PAN that stands there by itself is the one that is named.
  for (std::size_t at = 0, count = features.values.size(); at < count; ++at) {
    const Value& value = features.values[at];
    if (value.kind != Kind::gstin || !value.is_valid) continue;
    const bool is_checked = normalised_pan(pan_of_gstin(value.text)).has_value();
    add(features, {Kind::pan, true, std::string(pan_of_gstin(value.text)), value.prop, is_checked, true});
  }
  features.name = parsed_name(contact.name, is_company(features));
  return features;
}

std::vector<Account> accounts_of(const std::vector<model::Bank>& banks) {
  std::vector<Account> accounts;
  for (const model::Bank& bank : banks) {
    if (accounts.size() == children_max) break;
    Account account{compacted(bank.account_no), normalised_ifsc(bank.ifsc).value_or("")};
    if (account.number.size() >= plain_bytes_min && !is_placeholder(account.number))
      accounts.push_back(std::move(account));
  }
  return accounts;
}

Features features_of(const Party& party) {
  Features features = features_of(party.contact);
  for (const model::Address& address : party.addresses) {
    if (features.addresses.size() < children_max) features.addresses.push_back(parsed_address(address));
  }
  features.accounts = accounts_of(party.banks);
  return features;
}

}  // namespace contactd::dedupe
