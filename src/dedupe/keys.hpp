// Blocking: the keys by which parties that might be the same find each other in an index.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dedupe/party.hpp"

namespace contactd::dedupe {

/// One more whenever the same row would get other keys: the store then makes its search tables anew.
inline constexpr int normaliser_version = 2;

inline constexpr std::size_t key_bytes_max = 80;
/// Reference, identifiers (as many as properties) and the name come first; contact points fill up what is left.
inline constexpr std::size_t keys_per_row_max = 128;

/// The keys that one row contributes, sorted and distinct, each prefixed by its kind: "pan:ABCPE1234F".
std::vector<std::string> keys_of(const model::Contact& contact);
/// None: a household shares its address, so that such a key would be hot and would find nobody whom no other key finds.
std::vector<std::string> keys_of(const model::Address& address);
std::vector<std::string> keys_of(const model::Bank& bank);

/// Whether the two have the same keys for certain: nothing that keys are made of differs. Far cheaper than making them.
bool keys_stay(const model::Contact& before, const model::Contact& after);
bool keys_stay(const model::Address& before, const model::Address& after);
bool keys_stay(const model::Bank& before, const model::Bank& after);

/// Whether bank accounts bear keys of that kind; contacts bear all others.
bool is_key_of_bank(std::string_view key);

/// One key to look up, and how many stored rows of it may be fetched: keys such as a common name are shared by many.
struct Lookup {
  std::string key;
  std::size_t rows_max = 0;
};

/// No party is looked up by more keys, however many properties it has.
inline constexpr std::size_t lookups_max = 160;

/// All keys by which stored parties like this one are found, the most selective kind first.
std::vector<Lookup> lookups_of(const Party& party);

/// Whether anything was said that could be compared, usable or not: a name, a reference, a property, an address, a
/// bank.
bool has_something_to_compare(const Party& party);

}  // namespace contactd::dedupe
