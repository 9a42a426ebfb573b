// Which keys a party has. A key is worth its place in the index only if it finds somebody whom the others miss.
#include "dedupe/keys.hpp"

#include <algorithm>
#include <array>

#include "dedupe/features.hpp"

namespace contactd::dedupe {
namespace {

/// How many rows of a key may be fetched, by what the key is made of.
constexpr std::size_t identifier_rows_max = 20;
constexpr std::size_t contact_point_rows_max = 40;
constexpr std::size_t birth_date_rows_max = 60;
constexpr std::size_t two_words_rows_max = 60;
constexpr std::size_t word_and_letter_rows_max = 40;

using Lookups = std::vector<Lookup>;

void put(Lookups& lookups, std::string key, std::size_t rows_max) {
  if (key.size() > key_bytes_max) key.resize(key_bytes_max);
  const bool known =
      std::any_of(lookups.begin(), lookups.end(), [&](const Lookup& lookup) { return lookup.key == key; });
  if (!known) lookups.push_back({std::move(key), rows_max});
}

std::string key_of(const Value& value) {
  return std::string(name_of(value.kind)) + (value.is_valid ? ":" : "~:") + value.text;
}

/// Identifiers are the kinds before telephones.
void put_values(Lookups& lookups, const Features& features, Kind first, Kind last) {
  for (auto kind = static_cast<std::size_t>(first); kind <= static_cast<std::size_t>(last); ++kind) {
    for (const Value& value : features.values) {
      if (static_cast<std::size_t>(value.kind) != kind) continue;
      // The PAN in it finds a GSTIN, and finds those of other states too.
      if (value.kind == Kind::gstin && value.is_valid) continue;
      const bool shared = value.kind == Kind::phone || value.kind == Kind::email;
      put(lookups, key_of(value),
          value.kind == Kind::birth_date ? birth_date_rows_max
          : shared                       ? contact_point_rows_max
                                         : identifier_rows_max);
    }
  }
}

/// The first letter and the consonants: what a misspelt vowel leaves.
std::string skeleton_of(const std::string& folded) {
  std::string out;
  for (const char c : folded) {
    const bool vowel = c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'h';
    if ((out.empty() || !vowel) && (out.empty() || out.back() != c)) out += c;
  }
  return out;
}

/// The words that tell most, in an order that does not depend on how the name was written.
std::vector<const NameWord*> telling_words(const Name& name) {
  std::vector<const NameWord*> words;
  for (const NameWord& word : name.words) {
    if (!word.is_initial) words.push_back(&word);
  }
  std::sort(words.begin(), words.end(), [](const NameWord* a, const NameWord* b) {
    if (a->is_filler != b->is_filler) return b->is_filler;
    if (a->folded.size() != b->folded.size()) return a->folded.size() > b->folded.size();
    return a->folded < b->folded;
  });
  constexpr std::size_t words_max = 3;
  while (words.size() > words_max || (words.size() > 2 && words.back()->is_filler)) words.pop_back();
  return words;
}

/// B and V are written for each other: B. Sharma may be Vijay.
void put_word_and_letter(Lookups& lookups, const NameWord& word, char letter) {
  put(lookups, "name:" + word.folded + "+" + (letter == 'b' ? 'v' : letter), word_and_letter_rows_max);
}

void put_two_words(Lookups& lookups, const NameWord& a, const NameWord& b) {
  std::string first = skeleton_of(a.folded);
  std::string second = skeleton_of(b.folded);
  if (second < first) std::swap(first, second);
  put(lookups, "name:" + first + "|" + second, two_words_rows_max);
}

/// Three keys for two words or more: pairs of words, or the pair and each word with the other's letter, by which
/// initials and a word misspelt beyond its consonants are found.
void put_name(Lookups& lookups, const Name& name) {
  const auto words = telling_words(name);
  if (words.empty() && !name.words.empty()) {
    std::string letters;
    for (const NameWord& word : name.words) letters += word.folded;
    std::sort(letters.begin(), letters.end());
    put(lookups, "name:" + letters, two_words_rows_max);
  }
  if (words.size() == 1) {
    put(lookups, "name:" + words[0]->folded, two_words_rows_max);
    std::size_t left = 2;
    for (const NameWord& word : name.words) {
      if (!word.is_initial || left == 0) continue;
      put_word_and_letter(lookups, *words[0], word.folded.front());
      --left;
    }
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::size_t j = i + 1; j < words.size(); ++j) put_two_words(lookups, *words[i], *words[j]);
  }
  if (words.size() == 2) {
    put_word_and_letter(lookups, *words[0], words[1]->folded.front());
    put_word_and_letter(lookups, *words[1], words[0]->folded.front());
  }
}

/// What is looked up besides: each word with the first letter of every other, initials among them.
void put_more_of_name(Lookups& lookups, const Name& name) {
  for (const NameWord& word : name.words) {
    if (word.is_initial || word.is_filler) continue;
    for (const NameWord& other : name.words) {
      if (&other != &word && !other.is_filler) put_word_and_letter(lookups, word, other.folded.front());
    }
  }
}

constexpr std::string_view account_prefix = "account:";

void put_accounts(Lookups& lookups, const std::vector<Account>& accounts) {
  for (const Account& account : accounts) {
    put(lookups, std::string(account_prefix) + account.ifsc + "/" + account.number, identifier_rows_max);
  }
}

std::vector<std::string> sorted_keys(Lookups&& lookups) {
  std::vector<std::string> keys;
  if (lookups.size() > keys_per_row_max) lookups.resize(keys_per_row_max);
  keys.reserve(lookups.size());
  for (Lookup& lookup : lookups) keys.push_back(std::move(lookup.key));
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace

std::vector<std::string> keys_of(const model::Contact& contact) {
  const Features features = features_of(contact);
  Lookups lookups;
  if (!features.ref_id.empty()) put(lookups, "ref:" + features.ref_id, identifier_rows_max);
  put_values(lookups, features, Kind::pan, Kind::udyam);
  put_name(lookups, features.name);
  put_values(lookups, features, Kind::phone, Kind::birth_date);
  return sorted_keys(std::move(lookups));
}

std::vector<std::string> keys_of(const model::Address&) {
  return {};
}

std::vector<std::string> keys_of(const model::Bank& bank) {
  Lookups lookups;
  put_accounts(lookups, accounts_of({bank}));
  return sorted_keys(std::move(lookups));
}

bool keys_stay(const model::Contact& before, const model::Contact& after) {
  return before.name == after.name && before.type == after.type && before.ref_id == after.ref_id &&
         before.props == after.props;
}

bool keys_stay(const model::Address&, const model::Address&) {
  return true;
}

bool keys_stay(const model::Bank& before, const model::Bank& after) {
  return before.account_no == after.account_no && before.ifsc == after.ifsc;
}

bool is_key_of_bank(std::string_view key) {
  return key.starts_with(account_prefix);
}

std::vector<Lookup> lookups_of(const Party& party) {
  const Features features = features_of(party);
  Lookups lookups;
  put_accounts(lookups, features.accounts);
  if (!features.ref_id.empty()) put(lookups, "ref:" + features.ref_id, identifier_rows_max);
  put_values(lookups, features, Kind::pan, Kind::birth_date);
  put_name(lookups, features.name);
  put_more_of_name(lookups, features.name);
  if (lookups.size() > lookups_max) lookups.resize(lookups_max);
  return lookups;
}

bool has_something_to_compare(const Party& party) {
  const model::Contact& contact = party.contact;
  const auto says = [](const std::optional<std::string>& text) { return text && !text->empty(); };
  return !contact.name.empty() || says(contact.ref_id) ||
         std::any_of(contact.props.begin(), contact.props.end(),
                     [](const auto& prop) { return !prop.value.empty(); }) ||
         std::any_of(party.addresses.begin(), party.addresses.end(),
                     [&](const model::Address& one) {
                       return says(one.address_line) || says(one.city) || says(one.state) || says(one.country) ||
                              says(one.pincode);
                     }) ||
         std::any_of(party.banks.begin(), party.banks.end(), [&](const model::Bank& one) {
           return says(one.account_no) || says(one.ifsc) || says(one.account_holder_name) || says(one.bank_name) ||
                  says(one.branch_name);
         });
}

}  // namespace contactd::dedupe
