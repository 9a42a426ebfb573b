// Keeping the keys, and asking them.
#include "store/dedupe_keys.hpp"

#include <algorithm>
#include <unordered_set>

namespace contactd::store {

TableShape dedupe_keys_shape() {
  TableShape table{
      "dedupe_keys",
      {{"tenant_id", "BIGINT NOT NULL"},
       {"key", "TEXT NOT NULL"},
       {"contact_id", "TEXT NOT NULL"},
       {"row_id", "TEXT NOT NULL"}},
      {"PRIMARY KEY (tenant_id, key, contact_id, row_id)", "FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id)"},
      {}};
  table.is_clustered = true;
  return table;
}

void change_dedupe_keys(WriteSession& session, const KeySource& source, const std::vector<std::string>& before,
                        const std::vector<std::string>& after) {
  const auto change = [&](std::string_view sql, const std::string& key) {
    session.run(sql, session.values().add(key).add(source.contact_id).add(source.row_id));
  };
  for (const std::string& key : before) {
    if (std::binary_search(after.begin(), after.end(), key)) continue;
    change(
        "DELETE FROM dedupe_keys WHERE dedupe_keys.tenant_id = $1 AND dedupe_keys.key = $2 AND "
        "dedupe_keys.contact_id = $3 AND dedupe_keys.row_id = $4",
        key);
  }
  for (const std::string& key : after) {
    if (std::binary_search(before.begin(), before.end(), key)) continue;
    change("INSERT INTO dedupe_keys (tenant_id, key, contact_id, row_id) VALUES ($1, $2, $3, $4)", key);
  }
}

std::vector<std::string> contacts_with_keys(Session& session, const std::vector<dedupe::Lookup>& lookups,
                                            std::size_t contacts_max) {
  std::vector<std::string> contact_ids;
  std::unordered_set<std::string> seen;
  for (const dedupe::Lookup& lookup : lookups) {
    // The newest first: of a key that thousands share, those are whom somebody may have entered twice today.
    session.run(
        "SELECT dedupe_keys.contact_id FROM dedupe_keys WHERE dedupe_keys.tenant_id = $1 AND dedupe_keys.key = $2 "
        "ORDER BY dedupe_keys.contact_id DESC LIMIT $3",
        session.values().add(lookup.key).add(static_cast<std::int64_t>(lookup.rows_max)), [&](const Row& row) {
          std::string id(row.text(0));
          if (seen.insert(id).second) contact_ids.push_back(std::move(id));
          return contact_ids.size() < contacts_max;
        });
    if (contact_ids.size() >= contacts_max) break;
  }
  return contact_ids;
}

}  // namespace contactd::store
