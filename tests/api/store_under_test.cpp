// The embedded store, in a folder of its own; and a database of its own on a server for tests, where there is one.
#include "store_under_test.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "../postgres/database.hpp"

namespace contactd::scenario {
namespace {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    path_ = (std::filesystem::temp_directory_path() / "contactd-scenario-XXXXXX").string();
    if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class EmbeddedStore final : public StoreUnderTest {
 public:
  EmbeddedStore() { open(); }
  store::Store& store() override { return *store_; }
  void reopen() override {
    store_.reset();
    open();
  }

 private:
  void open() {
    store::StoreSettings settings;
    settings.sqlite.path = folder_.path() + "/contacts.db";
    store_ = std::make_unique<store::Store>(std::move(settings));
  }
  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
};

class DatabaseStore final : public StoreUnderTest {
 public:
  DatabaseStore() { open(); }
  store::Store& store() override { return *store_; }
  void reopen() override {
    store_.reset();
    open();
  }

 private:
  void open() {
    store::StoreSettings settings;
    settings.postgres.emplace();
    settings.postgres->options.url = database_.url();
    settings.postgres->owner_url = database_.url("contactd_owner");
    store_ = std::make_unique<store::Store>(std::move(settings));
  }
  test::TemporaryDatabase database_;
  std::unique_ptr<store::Store> store_;
};

}  // namespace

const std::vector<StoreKind>& store_kinds() {
  static const std::vector<StoreKind> kinds = [] {
    std::vector<StoreKind> all{{"sqlite", [] { return std::make_unique<EmbeddedStore>(); }}};
    if (!test::postgres_socket().empty()) all.push_back({"postgres", [] { return std::make_unique<DatabaseStore>(); }});
    return all;
  }();
  return kinds;
}

}  // namespace contactd::scenario
