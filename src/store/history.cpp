// The table of the history, and its two statements.
#include "store/history.hpp"

namespace contactd::store {

std::string_view action_name(Action action) {
  switch (action) {
    case Action::create:
      return "create";
    case Action::update:
      return "update";
    case Action::remove:
      return "delete";
    case Action::active:
      return "active";
    case Action::inactive:
      return "inactive";
    case Action::approve:
      return "approve";
    case Action::reject:
      return "reject";
  }
  return {};
}

TableShape history_shape() {
  TableShape table{"history",
                   {{"tenant_id", "BIGINT NOT NULL"},
                    {"contact_id", "TEXT NOT NULL"},
                    {"id", "TEXT NOT NULL"},
                    {"at", "BIGINT NOT NULL"},
                    {"made_by", "TEXT NOT NULL"},
                    {"request_id", "TEXT NOT NULL"},
                    {"action", "TEXT NOT NULL"},
                    {"resource", "TEXT NOT NULL"},
                    {"resource_id", "TEXT NOT NULL"},
                    {"is_content", "BIGINT NOT NULL"},
                    {"changes", "TEXT NOT NULL"}},
                   {"PRIMARY KEY (tenant_id, contact_id, id)",
                    "FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id)"},
                   // A removal leaves no row that tells when it was; times go on from it after a restart.
                   {"CREATE INDEX IF NOT EXISTS history_removals ON history (tenant_id, at) WHERE action = 'delete'",
                    "CREATE INDEX IF NOT EXISTS history_decisions ON history (tenant_id, contact_id, id) WHERE action "
                    "IN ('approve', 'reject')"}};
  table.is_clustered = true;
  return table;
}

void append_change(std::string& list, std::string_view field, WriteSide before, WriteSide after) {
  if (list.size() > 1) list += ',';
  resource::JsonObject change(list);
  change.text("field", field);
  before(change.member("before"));
  after(change.member("after"));
}

void keep_change(WriteSession& session, const std::vector<std::string_view>& contact_ids, const Change& change) {
  for (const std::string_view contact_id : contact_ids) {
    const std::string id = session.stamps().sibling({change.at, {}});
    Values values = session.values();
    values.add(contact_id).add(id).add(change.at).add(session.caller().user).add(session.caller().request_id);
    values.add(action_name(change.action)).add(change.resource).add(change.resource_id);
    values.add(change.is_content).add(change.list);
    session.run(
        "INSERT INTO history (tenant_id, contact_id, id, at, made_by, request_id, action, resource, resource_id, "
        "is_content, changes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        values);
  }
}

void hold_contacts(WriteSession& session, std::vector<std::string_view> contact_ids) {
  static const std::string hold = "SELECT 1 FROM contacts WHERE " + tenant_wall("contacts") + " AND contacts.id = $2";
  static const std::string newest = "SELECT history.at FROM history WHERE " + tenant_wall("history") +
                                    " AND history.contact_id = $2 ORDER BY history.id DESC LIMIT 1";
  std::sort(contact_ids.begin(), contact_ids.end());  // everybody in the same order: nobody waits in a circle
  for (const std::string_view id : contact_ids) {
    session.run(hold + std::string(session.dialect().lock_row), session.values().add(id));
    // A statement of its own: it sees what those did who held the contact before.
    if (const auto at = session.first_integer(newest, session.values().add(id)))
      session.stamps().start_after(Time{*at});
  }
}

bool did_work_since_decision(Session& session, std::string_view contact_id, std::string_view user) {
  const std::string of_contact = tenant_wall("history") + " AND history.contact_id = $2";
  const std::string last_decision =
      "SELECT MAX(history.id) FROM history WHERE " + of_contact + " AND history.action IN ('approve', 'reject')";
  const std::string sql = "SELECT 1 FROM history WHERE " + of_contact +
                          " AND history.made_by = $3 AND history.is_content = 1 AND history.id > COALESCE((" +
                          last_decision + "), '') LIMIT 1";
  return session.first_integer(sql, session.values().add(contact_id).add(user)).has_value();
}

}  // namespace contactd::store
