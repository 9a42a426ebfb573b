// A store on a file system that fails on purpose, with contacts to write and a check of everything that must agree.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <future>
#include <optional>

#include "fault_vfs.hpp"
#include "model/contact.hpp"
#include "store/query.hpp"
#include "store/repository.hpp"
#include "store/store.hpp"

namespace contactd::store::test {

/// A folder that goes when this does.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string path = (std::filesystem::temp_directory_path() / "contactd-faults-XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = path;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string database() const { return (path_ / "contacts.db").string(); }

 private:
  std::filesystem::path path_;
};

/// How a write ended.
struct Outcome {
  bool acknowledged = false;
  std::optional<StoreError::Kind> store_error;
  std::string problem;  ///< The code of a Problem.
};

inline Outcome outcome_of(const std::exception_ptr& error) {
  if (!error) return {.acknowledged = true, .store_error = {}, .problem = {}};
  try {
    std::rethrow_exception(error);
  } catch (const StoreError& store_error) {
    return {.acknowledged = false, .store_error = store_error.kind, .problem = {}};
  } catch (const Problem& problem) {
    return {.acknowledged = false, .store_error = {}, .problem = std::string(problem.kind->code)};
  }
}

inline const Caller& caller() {
  static const Caller tester{"tenant-one", "user-one1", "request"};
  return tester;
}

inline model::Contact contact_named(const std::string& name, const std::string& namespace_id) {
  model::Contact contact;
  contact.name_space.id = namespace_id;
  contact.name = name;
  contact.ref_id = "ref-" + name;
  contact.status = "active";
  contact.type = "individual";
  contact.tags = resource::Tags{"first", "second"};
  contact.props = {{"", "pan_no", "ABCDE1234F", "text"}, {"", "mobile", "9876543210", "number"}};
  return contact;
}

class FaultyStore {
 public:
  FaultyStore(const std::string& database, const std::string& vfs, std::int64_t checkpoint_pages)
      : store_(settings(database, vfs, checkpoint_pages)) {
    const Outcome made = write([this](WriteSession& session) {
      namespace_ = session.first_text("SELECT id FROM namespaces WHERE tenant_id = $1", session.values()).value_or("");
      if (!namespace_.empty()) return;
      model::Namespace space;
      space.name = "Vayana";
      insert(session, space);
      namespace_ = space.audit.id;
    });
    if (!made.acknowledged) throw std::runtime_error("no namespace");
  }

  Store& store() { return store_; }
  const std::string& namespace_id() const { return namespace_; }

  Outcome write(std::function<void(WriteSession&)> work) {
    std::promise<Outcome> ended;
    store_.write_later(
        {caller(), std::move(work), [&](const std::exception_ptr& error) { ended.set_value(outcome_of(error)); }});
    return ended.get_future().get();
  }
  Outcome create(const std::string& name) {
    return write([&](WriteSession& session) {
      model::Contact contact = contact_named(name, namespace_);
      insert(session, contact);
    });
  }
  /// What the writer does behind a group (moving the log) is over when this returns: the second of two empty groups
  /// begins when it is done behind the first.
  void settle() {
    for (int i = 0; i < 2; ++i) write([](WriteSession&) {});
  }

  std::vector<std::string> names() {
    std::vector<std::string> found;
    read([&](Session& session) {
      session.run("SELECT name FROM contacts WHERE tenant_id = $1 ORDER BY id", session.values(), [&](const Row& row) {
        found.emplace_back(row.text(0));
        return true;
      });
    });
    return found;
  }

  /// Rows, counts and labels agree, and the file is sound.
  void expect_consistent() {
    read([&](Session& session) {
      const auto number = [&](std::string_view sql) {
        return session.first_integer(sql, session.values()).value_or(0);
      };
      const std::int64_t rows = number("SELECT COUNT(*) FROM contacts WHERE tenant_id = $1");
      EXPECT_EQ(count_rows(session, {}, "contacts"), rows);
      EXPECT_EQ(number("SELECT SUM(total) FROM contacts_counts WHERE tenant_id = $1"), rows);
      for (const char* tag : {"first", "second"}) {
        ListQuery query;
        query.tags = {tag};
        EXPECT_EQ(count_rows(session, query, "contacts"), rows);
      }
      EXPECT_EQ(number("SELECT COUNT(*) FROM contacts_tags WHERE tenant_id = $1"), 2 * rows);
      EXPECT_EQ(number("SELECT COUNT(*) FROM contacts WHERE tenant_id = $1 AND props LIKE '%pan_no%mobile%'"), rows);
      EXPECT_EQ(session.first_text("PRAGMA integrity_check", Values{}), "ok");
      EXPECT_EQ(session.first_text("PRAGMA foreign_key_check", Values{}), std::nullopt);
    });
  }

 private:
  static StoreSettings settings(const std::string& database, const std::string& vfs, std::int64_t checkpoint_pages) {
    StoreSettings settings;
    settings.sqlite.path = database;
    settings.sqlite.vfs = vfs;
    settings.sqlite.checkpoint_pages = settings.sqlite.busy_checkpoint_pages = checkpoint_pages;
    settings.long_read_threads = 1;
    return settings;
  }
  void read(FunctionRef<void(Session&)> work) {
    store_.read(caller(), work);
    store_.release_snapshot();
  }

  std::string namespace_;
  Store store_;
};

}  // namespace contactd::store::test
