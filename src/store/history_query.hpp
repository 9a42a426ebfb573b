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
/// there, and words are looked for in each of them: by the engine where it knows how, else here.
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
  void add_word(const std::string& word);
  std::vector<HistoryEntry> entries(const std::string& sql, const Values& values);

  Session& session_;
  const ListQuery& query_;
  Values values_;
  std::string where_;
  bool looks_here_ = false;
};

}  // namespace contactd::store
