// Keeping the keys, and asking them.
#include "store/dedupe_keys.hpp"

#include <algorithm>
#include <unordered_set>

namespace contactd::store {
namespace {

constexpr std::string_view insert_sql_of_keys =
    "INSERT INTO dedupe_keys (tenant_id, key, contact_id, row_id) VALUES ($1, $2, $3, $4)";

/// Keys of some rows, in the order in which the index keeps them.
template <class T>
class KeysBatch {
 public:
  void add(std::int64_t tenant, std::int64_t, const T& row) {
    const KeySource source = key_source_of(row);
    for (std::string& key : dedupe::keys_of(row)) {
      rows_.push_back({tenant, std::move(key), std::string(source.contact_id), std::string(source.row_id)});
    }
  }
  void write(Connection& connection) {
    std::sort(rows_.begin(), rows_.end());
    for (const auto& [tenant, key, contact_id, row_id] : rows_) {
      const Value values[] = {tenant, std::string_view(key), std::string_view(contact_id), std::string_view(row_id)};
      connection.run(insert_sql_of_keys, values);
    }
  }

 private:
  std::vector<std::tuple<std::int64_t, std::string, std::string, std::string>> rows_;
};

}  // namespace

void prepare_dedupe_keys(Connection& connection, const Progress& on_progress) {
  const std::string name = "dedupe_keys";
  const std::string wanted = std::to_string(dedupe::normaliser_version);
  if (derived_version(connection, name) == wanted) return;
  connection.begin_write();
  forget_derived_version(connection, name);
  connection.run("DELETE FROM dedupe_keys");
  connection.commit();
  rebuild<model::Contact, KeysBatch<model::Contact>>(connection, name, on_progress);
  rebuild<model::Address, KeysBatch<model::Address>>(connection, name, on_progress);
  rebuild<model::Bank, KeysBatch<model::Bank>>(connection, name, on_progress);
  record_derived_version(connection, name, wanted);
}

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
    change(insert_sql_of_keys, key);
  }
}

namespace {

/// Of a key that more contacts share than that, only the newest are narrowed.
constexpr std::int64_t narrowed_rows_max = 500;

/// $1 tenant, $2 key, $3 the contact that asks, $4 how many, then what narrows. The newest first: of a key that
/// thousands share, those are whom somebody may have entered twice today.
std::string lookup_sql(const Narrowing& narrowing) {
  const std::string of_key =
      "SELECT dedupe_keys.contact_id FROM dedupe_keys WHERE dedupe_keys.tenant_id = $1 AND dedupe_keys.key = $2 AND "
      "dedupe_keys.contact_id <> $3 ORDER BY dedupe_keys.contact_id DESC LIMIT ";
  if (!narrowing.namespace_id && !narrowing.type) return of_key + "$4";
  // Narrowed before it is cut: else those that are meant could stand behind a hundred others.
  std::string sql = "SELECT bearer.contact_id FROM (" + of_key + std::to_string(narrowed_rows_max) +
                    ") AS bearer CROSS JOIN contacts ON contacts.tenant_id = $1 AND contacts.id = bearer.contact_id";
  int place = 5;
  if (narrowing.namespace_id) sql += " AND contacts.namespace_id = $" + std::to_string(place++);
  if (narrowing.type) sql += " AND contacts.type = $" + std::to_string(place);
  return sql + " LIMIT $4";  // in the order of the inner query, so that it ends as soon as there are enough
}

}  // namespace

std::vector<std::string> contacts_with_keys(Session& session, const std::vector<dedupe::Lookup>& lookups,
                                            const Narrowing& narrowing, std::string_view without,
                                            std::size_t contacts_max) {
  const std::string sql = lookup_sql(narrowing);
  std::vector<std::string> contact_ids;
  std::unordered_set<std::string> seen;
  for (const dedupe::Lookup& lookup : lookups) {
    Values values = session.values();
    values.add(lookup.key).add(without).add(static_cast<std::int64_t>(lookup.rows_max));
    if (narrowing.namespace_id) values.add(*narrowing.namespace_id);
    if (narrowing.type) values.add(*narrowing.type);
    session.run(sql, values, [&](const Row& row) {
      std::string id(row.text(0));
      if (seen.insert(id).second) contact_ids.push_back(std::move(id));
      return contact_ids.size() < contacts_max;
    });
    if (contact_ids.size() >= contacts_max) break;
  }
  return contact_ids;
}

}  // namespace contactd::store
