// The index by which duplicates are found: the keys of every contact, address and bank account, kept in the transaction
// of every write. Contract section 4.
#pragma once

#include "dedupe/keys.hpp"
#include "store/rebuild.hpp"
#include "store/schema.hpp"
#include "store/session.hpp"

namespace contactd::store {

/// Where a key comes from.
struct KeySource {
  std::string_view contact_id;
  std::string_view row_id;  ///< Of the address or bank account; empty for the contact itself.
};

template <class T>
KeySource key_source_of(const T& row) {
  if constexpr (requires { row.contact_id; }) {
    return {row.contact_id, row.audit.id};
  } else {
    return {row.audit.id, {}};
  }
}

/// Removes and adds what differs; both lists are sorted and distinct.
void change_dedupe_keys(WriteSession& session, const KeySource& source, const std::vector<std::string>& before,
                        const std::vector<std::string>& after);

/// Keys follow a row of whatever has some.
template <class T>
void keep_dedupe_keys(WriteSession& session, const T* before, const T* after) {
  if constexpr (requires { dedupe::keys_of(*after); }) {
    const KeySource source = key_source_of(after != nullptr ? *after : *before);
    const auto keys = [](const T* value) {
      return value == nullptr ? std::vector<std::string>{} : dedupe::keys_of(*value);
    };
    change_dedupe_keys(session, source, keys(before), keys(after));
  }
}

/// Makes the whole index anew when another version of the normalisers made it.
void prepare_dedupe_keys(Connection& connection, const Progress& on_progress);

/// What else must hold of a contact that a key leads to.
struct Narrowing {
  std::optional<std::string> namespace_id;
  std::optional<std::string> type;
};

/// The contacts that one of the keys leads to and that are not `without`, each once, those of the most selective keys
/// first, and of one key the newest first.
std::vector<std::string> contacts_with_keys(Session& session, const std::vector<dedupe::Lookup>& lookups,
                                            const Narrowing& narrowing, std::string_view without,
                                            std::size_t contacts_max);

}  // namespace contactd::store
