// A store with contacts of two tenants, and a search that reads every row: what the store must agree with.
#pragma once

#include <algorithm>
#include <map>
#include <random>

#include "base/fold_case.hpp"
#include "faults_support.hpp"

namespace contactd::store::test {

using model::Contact;
using Contacts = std::vector<Contact>;  // of one tenant, oldest first

/// The words of a search, split and folded in the plainest way.
inline std::vector<std::string> plain_words(const std::string& search) {
  std::vector<std::string> words(1);
  for (const char c : search) {
    if (c == ' ') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  std::vector<std::string> folded;
  for (const std::string& word : words) {
    if (!word.empty()) append_folded(folded.emplace_back(), word);
  }
  return folded;
}

inline bool contains_word(const Contact& contact, const std::string& word) {
  std::vector<std::string> values{contact.name, contact.ref_id.value_or("")};
  for (const auto& prop : contact.props) values.push_back(prop.value);
  return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
    std::string folded;
    append_folded(folded, value);
    return folded.find(word) != std::string::npos;
  });
}

inline bool contains_all(const Contact& contact, const std::vector<std::string>& words) {
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) { return contains_word(contact, word); });
}

class SearchedStore {
 public:
  explicit SearchedStore(std::size_t group_requests_max = 128) { open(group_requests_max); }

  void open(std::size_t group_requests_max = 128) {
    store_.reset();
    StoreSettings settings;
    settings.sqlite.path = folder_.database();
    settings.sqlite.synchronous = false;
    settings.writer.group_requests_max = group_requests_max;
    // A contact is never removed on the wire, and its history forbids it. Here it is, so that a search has to follow.
    settings.wrap = [](std::unique_ptr<Connection> connection) {
      connection->run_script("PRAGMA foreign_keys=OFF");
      return connection;
    };
    store_ = std::make_unique<Store>(std::move(settings));
  }
  void close() { store_.reset(); }
  std::string path() const { return folder_.database(); }
  Store& store() { return *store_; }

  static Caller caller_of(int tenant) {
    static std::map<int, std::string> names;  // callers are views
    return {names.try_emplace(tenant, "tenant-" + std::to_string(tenant)).first->second, "user-one1", "request"};
  }

  /// Hands a write in; `wait` waits for all of them. True from `work` keeps it, false rolls it back.
  void write(int tenant, std::function<bool(WriteSession&)> work) {
    auto ended = std::make_shared<std::promise<void>>();
    waiting_.push_back(ended->get_future());
    store_->write_later({caller_of(tenant),
                         [work](WriteSession& session) {
                           if (!work(session)) throw Problem(problem_kind("in_use"));
                         },
                         [ended](const std::exception_ptr&) { ended->set_value(); }});
  }
  void wait() {
    for (auto& each : waiting_) each.get();
    waiting_.clear();
  }
  /// The namespace that the tenant's contacts are in; made on first use.
  std::string namespace_of(int tenant) {
    std::string& id = namespaces_[tenant];
    if (!id.empty()) return id;
    write(tenant, [&](WriteSession& session) {
      model::Namespace space;
      space.name = "Retail";
      insert(session, space);
      id = space.audit.id;
      return true;
    });
    wait();
    return id;
  }

  std::int64_t count(int tenant, const ListQuery& query) {
    std::int64_t count = 0;
    read(tenant, [&](Session& session) { count = count_rows(session, query, "contacts"); });
    return count;
  }
  Contacts page(int tenant, const ListQuery& query) {
    Contacts rows;
    read(tenant,
         [&](Session& session) { rows = page_rows<Contact>(session, query, count_rows(session, query, "contacts")); });
    return rows;
  }
  void read(int tenant, FunctionRef<void(Session&)> work) {
    store_->read(caller_of(tenant), work);
    store_->release_snapshot();
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
  std::map<int, std::string> namespaces_;
  std::vector<std::future<void>> waiting_;
};

inline std::vector<std::string> ids_of(const Contacts& contacts) {
  std::vector<std::string> ids;
  for (const Contact& contact : contacts) ids.push_back(contact.audit.id);
  return ids;
}

inline Contact contact_in(const std::string& namespace_id, const std::string& name) {
  Contact contact = contact_named("x", namespace_id);
  contact.name = name;
  contact.ref_id.reset();
  contact.props.clear();
  contact.tags.reset();
  return contact;
}

}  // namespace contactd::store::test
