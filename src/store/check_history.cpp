// Walking the history contact by contact.
#include "store/check_history.hpp"

#include <map>

namespace contactd::store {
namespace {

constexpr std::int64_t changes_at_once = 5'000;

/// What a contact's history says of one row.
struct Told {
  std::int64_t changes = 0;
  bool is_made = false, is_removed = false;
};

class HistoryCheck {
 public:
  HistoryCheck(Connection& connection, std::int64_t tenant, const std::vector<ToldResource>& resources,
               Findings& findings)
      : connection_(connection), tenant_(tenant), resources_(resources), findings_(findings) {
    for (const ToldResource& resource : resources) {
      row_sql_.push_back("SELECT version, " + resource.owner_column + " FROM " + resource.table + " WHERE " +
                         tenant_wall(resource.table) + " AND " + resource.table + ".id = $2");
      told_rows_.push_back(0);
    }
  }

  void run() {
    std::string after;
    while (read_some(after)) {
    }
    conclude();
    for (std::size_t i = 0; i < resources_.size(); ++i) find_untold(i);
  }

 private:
  /// Takes the next changes behind `after`, and moves that on. False when there were none.
  bool read_some(std::string& after) {
    struct Change {
      std::string contact, id, action, resource, row;
    };
    std::vector<Change> changes;
    const Value values[] = {tenant_, std::string_view(contact_), std::string_view(after), changes_at_once};
    connection_.run(
        "SELECT contact_id, id, action, resource, resource_id FROM history WHERE history.tenant_id = $1 AND "
        "(history.contact_id, history.id) > ($2, $3) ORDER BY history.contact_id, history.id LIMIT $4",
        values, [&](const Row& row) {
          const auto text = [&](int column) { return std::string(row.text(column)); };
          changes.push_back({text(0), text(1), text(2), text(3), text(4)});
          return true;
        });
    for (Change& change : changes) {
      if (change.contact != contact_) conclude();
      contact_ = std::move(change.contact);
      after = std::move(change.id);
      Told& told = told_[{std::move(change.resource), std::move(change.row)}];
      told.is_made = told.is_made || change.action == "create";
      told.is_removed = told.is_removed || change.action == "delete";
      ++told.changes;
    }
    return !changes.empty();
  }

  /// Holds what the contact's history says against the rows.
  void conclude() {
    for (const auto& [what, told] : told_) {
      for (std::size_t i = 0; i < resources_.size(); ++i) {
        if (resources_[i].name == what.first) conclude(i, what.second, told);
      }
    }
    told_.clear();
  }

  void conclude(std::size_t i, const std::string& id, const Told& told) {
    bool is_there = false, is_owned = false;
    std::int64_t version = 0;
    const Value values[] = {tenant_, std::string_view(id)};
    connection_.run(row_sql_[i], values, [&](const Row& row) {
      is_there = true;
      version = row.integer(0);
      is_owned = row.text(1) == contact_;
      return false;
    });
    const std::string row_named = "row " + id;
    if (is_there && told.is_removed) add(i, row_named + " is there, its history says that it was removed");
    if (!is_there && !told.is_removed && !resources_[i].may_move)
      add(i, row_named + " is missing, its history goes on");
    if (!is_owned) return;
    ++told_rows_[i];
    if (!told.is_made) add(i, row_named + " has no creation in its history");
    if (version != told.changes) {
      add(i, row_named + " has version " + std::to_string(version) + ", its history " + std::to_string(told.changes) +
                 " changes");
    }
  }

  /// Names rows without any history, if the numbers say that there are some.
  void find_untold(std::size_t i) {
    const ToldResource& resource = resources_[i];
    const Value values[] = {tenant_};
    std::int64_t rows = 0;
    connection_.run("SELECT COUNT(*) FROM " + resource.table + " WHERE " + tenant_wall(resource.table), values,
                    [&](const Row& row) {
                      rows = row.integer(0);
                      return false;
                    });
    if (rows == told_rows_[i]) return;
    const std::string sql = "SELECT id FROM " + resource.table + " WHERE " + tenant_wall(resource.table) +
                            " AND NOT EXISTS (SELECT 1 FROM history WHERE " + tenant_wall("history") +
                            " AND history.contact_id = " + resource.table + "." + resource.owner_column +
                            " AND history.resource = '" + resource.name +
                            "' AND history.resource_id = " + resource.table + ".id)";
    connection_.run(sql, values, [&](const Row& row) {
      add(i, "row " + std::string(row.text(0)) + " has no history");
      return !findings_.enough(Part::rows, resource.table);
    });
  }

  void add(std::size_t i, const std::string& what) { findings_.add(Part::rows, resources_[i].table, what); }

  Connection& connection_;
  std::int64_t tenant_;
  const std::vector<ToldResource>& resources_;
  Findings& findings_;
  std::vector<std::string> row_sql_;
  std::vector<std::int64_t> told_rows_;  ///< How many rows of each resource have a history.
  std::string contact_;
  std::map<std::pair<std::string, std::string>, Told> told_;
};

}  // namespace

void check_history(Connection& connection, std::int64_t tenant, const std::vector<ToldResource>& resources,
                   Findings& findings) {
  HistoryCheck(connection, tenant, resources, findings).run();
}

}  // namespace contactd::store
