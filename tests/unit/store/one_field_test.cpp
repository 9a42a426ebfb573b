// A field is one place: a variant of a description with one more field has it in the SQL, the parser, the answers, the
// filters, the schema, and in a store that was made before the field was there.
#include <gtest/gtest.h>

#include <filesystem>

#include "resource/json_schema.hpp"
#include "resource/read.hpp"
#include "resource/write.hpp"
#include "store/repository.hpp"
#include "store/schema_plan.hpp"
#include "store/sqlite.hpp"

namespace contactd {
namespace {

struct Branch {
  resource::Audit audit;
  std::string name;
};

struct BranchWithManager {
  resource::Audit audit;
  std::string name;
  std::optional<std::string> manager;
};

constexpr resource::Pattern word{"^[a-z]{1,9}$"};

}  // namespace

namespace resource {
template <>
inline constexpr auto description<Branch> =
    describe<Branch>(Names{.singular = "branch", .plural = "branches", .path = "/branches/"},
                     field("name", &Branch::name, Matching{word}, "Its name.", {.required = true}));

template <>
inline constexpr auto description<BranchWithManager> = describe<BranchWithManager>(
    Names{.singular = "branch", .plural = "branches", .path = "/branches/"},
    field("name", &BranchWithManager::name, Matching{word}, "Its name.", {.required = true}),
    field("manager", &BranchWithManager::manager, Matching{word}, "Who runs it.",
          {.indexed = true, .filter = "manager"}));
}  // namespace resource

namespace {

using store::TableShape;

template <class T>
std::vector<TableShape> tables() {
  return {{"tenants", {{"tenant_id", "INTEGER PRIMARY KEY"}, {"name", "TEXT NOT NULL UNIQUE"}}, {}, {}},
          store::resource_table<T>(),
          store::counts_shape<T>()};
}

resource::Draft<BranchWithManager> draft_of(std::string_view body, Violations& violations) {
  const auto parsed = resource::JsonDocument::parse(body);
  return resource::read_draft<BranchWithManager>(std::get<resource::JsonDocument>(parsed).root(),
                                                 resource::ReadMode::create, resource::Path{}, violations);
}

TEST(OneField, IsInTheSql) {
  EXPECT_NE(store::insert_sql<BranchWithManager>(store::sqlite_dialect()).find("manager"), std::string::npos);
  EXPECT_NE(store::select_by_id<BranchWithManager>(store::sqlite_dialect()).one.find("branches.manager"),
            std::string::npos);
  EXPECT_NE(store::update_sql<BranchWithManager>(0b10).find("manager = $6"), std::string::npos);
  EXPECT_NE(store::create_table_sql(store::resource_table<BranchWithManager>()).find("manager TEXT"),
            std::string::npos);
  EXPECT_EQ(store::insert_sql<Branch>(store::sqlite_dialect()).find("manager"), std::string::npos);
}

TEST(OneField, IsInTheParserWithItsRule) {
  Violations violations;
  EXPECT_EQ(draft_of(R"({"name":"delhi","manager":"asha"})", violations).value.manager, "asha");
  EXPECT_TRUE(violations.empty());
  draft_of(R"({"name":"delhi","manager":"A1"})", violations);
  EXPECT_EQ(violations, (Violations{{"manager", "invalid_character", "must match ^[a-z]{1,9}$"}}));
}

/// Branches refer to nothing.
class NoOtherSchemas final : public resource::SchemaBook {
  std::string one_of(std::string_view, resource::SchemaUse) override { return {}; }
  std::string extra(std::string_view) override { return {}; }
};

TEST(OneField, IsInTheSchemaWithItsDocumentation) {
  NoOtherSchemas book;
  const std::string schema = resource::json_schema<BranchWithManager>(resource::SchemaUse::answer, book);
  EXPECT_NE(schema.find(R"("manager":{"type":"string","minLength":1)"), std::string::npos) << schema;
  EXPECT_NE(schema.find("Who runs it."), std::string::npos) << schema;
}

/// A store on a file of its own, with the tenant `lender-one`.
class StoreOnFile {
 public:
  StoreOnFile() : path_(std::filesystem::temp_directory_path() / ("one_field_" + std::to_string(::getpid()) + ".db")) {
    remove();
  }
  ~StoreOnFile() { remove(); }
  std::unique_ptr<store::Connection> open() { return store::open_sqlite_writer({.path = path_.string()}); }

 private:
  void remove() {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path_.string() + end);
  }
  std::filesystem::path path_;
};

TEST(OneField, ComesToAStoreThatWasMadeWithoutIt) {
  StoreOnFile file;
  const store::Caller caller{"lender-one", "maker-one", "r"};
  StampSource stamps;
  Branch old{.audit = {}, .name = "delhi"};
  {
    auto connection = file.open();
    store::prepare_schema(*connection, tables<Branch>());
    store::WriteSession session(*connection, caller, stamps);
    store::insert(session, old);
  }
  auto connection = file.open();
  store::prepare_schema(*connection, tables<BranchWithManager>());
  store::prepare_schema(*connection, tables<BranchWithManager>());  // a second start finds nothing to do
  store::WriteSession session(*connection, caller, stamps);
  auto found = store::find<BranchWithManager>(session, old.audit.id);
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->manager);
  auto changed = *found;
  changed.manager = "asha";
  EXPECT_TRUE(store::update(session, *found, changed));
  std::string answer;
  resource::append_resource(answer, *store::find<BranchWithManager>(session, old.audit.id), "lender-one");
  EXPECT_NE(answer.find(R"("name":"delhi","manager":"asha"})"), std::string::npos) << answer;
}

TEST(OneField, ARequiredOneNeedsAMigrationAndSaysSo) {
  StoreOnFile file;
  auto connection = file.open();
  auto narrower = tables<Branch>();
  std::erase_if(narrower[1].columns, [](const auto& column) { return column.name == "name"; });
  narrower[1].indexes.clear();
  store::prepare_schema(*connection, narrower);
  try {
    store::prepare_schema(*connection, tables<Branch>());
    FAIL() << "a missing required column was let through";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("branches does not fit this version: column name"), std::string::npos);
  }
  EXPECT_FALSE(connection->in_transaction());
}

TEST(OneField, AStoreOfANewerVersionIsRefused) {
  StoreOnFile file;
  auto connection = file.open();
  store::prepare_schema(*connection, tables<BranchWithManager>());
  EXPECT_THROW(store::prepare_schema(*connection, tables<Branch>()), std::runtime_error);
}

}  // namespace
}  // namespace contactd
