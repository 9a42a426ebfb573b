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

/// What both kinds do alike: `place` is where the store is.
template <class Place>
class StoreAt final : public StoreUnderTest {
 public:
  explicit StoreAt(store::StoreSettings settings) : settings_(std::move(settings)) {
    place_.put_into(settings_);
    reopen(nullptr);
  }
  store::Store& store() override { return *store_; }
  void reopen(const std::function<void(store::Connection&)>& change) override {
    store_.reset();
    if (change) change(*place_.owner(settings_));
    store_ = std::make_unique<store::Store>(settings_);
  }

 private:
  Place place_;
  store::StoreSettings settings_;
  std::unique_ptr<store::Store> store_;
};

class InFolder {
 public:
  void put_into(store::StoreSettings& settings) const { settings.sqlite.path = folder_.path() + "/contacts.db"; }
  static std::unique_ptr<store::Connection> owner(const store::StoreSettings& settings) {
    return store::open_sqlite_writer(settings.sqlite);
  }

 private:
  TemporaryFolder folder_;
};

class InDatabase {
 public:
  void put_into(store::StoreSettings& settings) const {
    if (!settings.postgres) settings.postgres.emplace();
    settings.postgres->options.url = database_.url();
    settings.postgres->owner_url = database_.url("contactd_owner");
  }
  static std::unique_ptr<store::Connection> owner(const store::StoreSettings& settings) {
    store::PostgresOptions options = settings.postgres->options;
    options.url = settings.postgres->owner_url;
    return store::make_postgres_connection(options);
  }

 private:
  test::TemporaryDatabase database_;
};

template <class Place>
StoreKind kind_of(std::string name) {
  return {std::move(name),
          [](store::StoreSettings settings) { return std::make_unique<StoreAt<Place>>(std::move(settings)); }};
}

}  // namespace

const std::vector<StoreKind>& store_kinds() {
  static const std::vector<StoreKind> kinds = [] {
    std::vector<StoreKind> all{kind_of<InFolder>("sqlite")};
    if (!test::postgres_socket().empty()) all.push_back(kind_of<InDatabase>("postgres"));
    return all;
  }();
  return kinds;
}

}  // namespace contactd::scenario
