// The keys by which duplicates are found: the search tables hold those of every contact and bank account, kept in the
// transaction of every write (`store/search.hpp`). Contract section 4.
#pragma once

#include <optional>

#include "dedupe/keys.hpp"
#include "store/session.hpp"

namespace contactd::store {

/// What else must hold of a contact that a key leads to.
struct Narrowing {
  std::optional<std::string> namespace_id;
  std::optional<std::string> type;
};

/// Which contacts are asked for. Views: it lives as long as one call.
struct KeyLookups {
  const std::vector<dedupe::Lookup>& lookups;
  const Narrowing& narrowing;
  std::string_view without;
  std::size_t contacts_max;
};

/// Of a key that more rows share than that, only the newest are looked at.
inline constexpr std::int64_t bearers_seen_max = 500;

/// The contacts that one of the keys leads to and that are not `without`, each once, those of the most selective keys
/// first, and of one key the newest first.
inline std::vector<std::string> contacts_with_keys(Session& session, const std::vector<dedupe::Lookup>& lookups,
                                                   const Narrowing& narrowing, std::string_view without,
                                                   std::size_t contacts_max) {
  return session.dialect().search.contacts_with_keys(session, {lookups, narrowing, without, contacts_max});
}

}  // namespace contactd::store
