// Asking the search tables for keys.
#include <unordered_set>

#include "model/bank.hpp"
#include "model/contact.hpp"
#include "store/dedupe_keys.hpp"
#include "store/search.hpp"
#include "store/sqlite_search.hpp"

namespace contactd::store {
namespace {

/// The newest rows of a table with a key: $1 tenant, $2 key, $3 the contact that asks, $4 how many, then what narrows.
/// The newest first: of a key that thousands share, those are whom somebody may have entered twice today.
std::string lookup_sql(const std::string& table, const std::string& contact_id, const Narrowing& narrowing) {
  const std::string search = search_table(table);
  // The tenant's mark stands in the key's token, as in those of words: nobody else's rows are found.
  std::string sql = "SELECT " + contact_id + " FROM (SELECT " + search + ".rowid AS place FROM " + search + " WHERE " +
                    search + " MATCH '\"' || $1 || char(10) || char(10) || $2 || '\"' ORDER BY " + search +
                    ".rowid DESC LIMIT " + std::to_string(bearers_seen_max) + ") AS bearer CROSS JOIN " + table +
                    " ON " + table + ".place = bearer.place";
  int place = 5;
  std::string narrowed;
  if (narrowing.namespace_id) narrowed += " AND contacts.namespace_id = $" + std::to_string(place++);
  if (narrowing.type) narrowed += " AND contacts.type = $" + std::to_string(place);
  if (!narrowed.empty() && table != "contacts") {
    sql += " CROSS JOIN contacts ON contacts.tenant_id = $1 AND contacts.id = " + contact_id;
  }
  // In the order of the inner query, so that it ends as soon as there are enough.
  return sql + " WHERE " + tenant_wall(table) + " AND " + contact_id + " <> $3" + narrowed + " LIMIT $4";
}

/// A key as it stands between the quotes of an FTS5 string.
std::string quoted(const std::string& key) {
  std::string text;
  for (const char c : key) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text;
}

}  // namespace

std::vector<std::string> contacts_of_matches(Session& session, const KeyLookups& asked) {
  const Narrowing& narrowing = asked.narrowing;
  const std::string of_contacts = lookup_sql(table_of<model::Contact>(), "contacts.id", narrowing);
  const std::string of_banks = lookup_sql(table_of<model::Bank>(), "banks.contact_id", narrowing);
  std::vector<std::string> contact_ids;
  std::unordered_set<std::string> seen;
  for (const dedupe::Lookup& lookup : asked.lookups) {
    const std::string key = quoted(lookup.key);
    Values values = session.values();
    values.add(key).add(asked.without).add(static_cast<std::int64_t>(lookup.rows_max));
    if (narrowing.namespace_id) values.add(*narrowing.namespace_id);
    if (narrowing.type) values.add(*narrowing.type);
    session.run(dedupe::is_key_of_bank(lookup.key) ? of_banks : of_contacts, values, [&](const Row& row) {
      std::string id(row.text(0));
      if (seen.insert(id).second) contact_ids.push_back(std::move(id));
      return contact_ids.size() < asked.contacts_max;
    });
    if (contact_ids.size() >= asked.contacts_max) break;
  }
  return contact_ids;
}

}  // namespace contactd::store
