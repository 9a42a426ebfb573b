// The history of one contact, read: how many entries are asked for, and those of a page.
#pragma once

#include <string>
#include <vector>

#include "store/query.hpp"

namespace contactd::store {

/// One change, as it was kept.
struct HistoryEntry {
  std::string id;
  Time at;
  std::string made_by;
  std::string request_id;
  std::string action;
  std::string resource;
  std::string resource_id;
  std::string changes;  ///< JSON: [{"field","before","after"}, ...]
};

/// The entries of one contact that a query asks for. They lie side by side in their order, so rows to skip are skipped
/// there. Words are looked for here in each of them: engines do not show a number as it was written.
class HistoryEntries {
 public:
  /// `query` must outlive this; its page may still be set until `page` is called.
  HistoryEntries(Session& session, const std::string& contact_id, ListQuery& query);
  std::int64_t count();
  std::vector<HistoryEntry> page();

 private:
  template <class Value>
  std::string place(const Value& value) {
    return "$" + std::to_string(values_.add(value).size());
  }
  std::vector<HistoryEntry> entries(const std::string& sql, const Values& values);

  Session& session_;
  const ListQuery& query_;
  Values values_;
  std::string where_;
};

}  // namespace contactd::store
