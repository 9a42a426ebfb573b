// What a copy moves: every table has its way, and rows are read behind the wall in the order of a key.
#include "store/copy_tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/copy_reader.hpp"

namespace contactd::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

const CopiedTable& table_named(const std::vector<CopiedTable>& tables, const std::string& name) {
  for (const CopiedTable& table : tables) {
    if (table.name == name) return table;
  }
  throw std::out_of_range(name);
}

TEST(CopyTables, EachTableIsCopiedOrMadeAnew) {
  std::vector<std::string> known{"derived_versions"};
  for (const CopiedTable& table : copied_tables()) known.push_back(table.name);
  for (const CopiedTable& table : label_tables()) known.push_back(table.name);
  for (const CountTable& table : count_tables()) known.push_back(table.name);
  std::vector<std::string> all;
  for (const TableShape& shape : contact_store_tables()) all.push_back(shape.name);
  EXPECT_THAT(known, testing::UnorderedElementsAreArray(all));
}

TEST(CopyTables, EachHasAKeyOfTextsAndWhatIsOfAllTenantsComesFirst) {
  bool of_tenants = false;
  for (const CopiedTable& table : copied_tables()) {
    EXPECT_THAT(table.key, Not(IsEmpty())) << table.name;
    EXPECT_TRUE(!of_tenants || table.is_of_tenants) << table.name;
    of_tenants = table.is_of_tenants;
    EXPECT_EQ(of_tenants, table.name != "tenants" && table.name != "secrets") << table.name;
    for (const ColumnShape& column : table.columns) {
      EXPECT_NE(column.name, "place");
      const bool is_key = std::find(table.key.begin(), table.key.end(), column.name) != table.key.end();
      EXPECT_TRUE(!of_tenants || !is_key || is_text(column)) << table.name << " " << column.name;
    }
  }
}

TEST(CopyTables, ALabelTableHasTheColumnsOfItsRows) {
  const std::vector<CopiedTable> tables = copied_tables(), labels = label_tables();
  const CopiedTable& contacts = table_named(tables, "contacts");
  ASSERT_TRUE(contacts.labels);
  EXPECT_EQ(contacts.labels->name, "contacts_tags");
  EXPECT_EQ(contacts.columns.at(contacts.labels->labels).name, "tags");
  std::vector<std::string> columns{"tenant_id", "tag"};
  for (const std::size_t other : contacts.labels->others) columns.push_back(contacts.columns.at(other).name);
  std::vector<std::string> wanted;
  for (const ColumnShape& column : table_named(labels, "contacts_tags").columns) wanted.push_back(column.name);
  EXPECT_EQ(columns, wanted);
  EXPECT_FALSE(table_named(tables, "namespaces").labels);
}

TEST(CopyTables, APageIsReadBehindTheWallInTheOrderOfTheKey) {
  const std::vector<CopiedTable> tables = copied_tables();
  EXPECT_THAT(table_named(tables, "history").key, ElementsAre("contact_id", "id"));
  EXPECT_THAT(table_named(tables, "contacts").key, ElementsAre("id"));
  EXPECT_EQ(page_sql(table_named(tables, "account_references")),
            "SELECT tenant_id, namespace_id, ref_id FROM account_references WHERE account_references.tenant_id = $1 "
            "AND (namespace_id, ref_id) > ($2, $3) ORDER BY namespace_id, ref_id LIMIT $4");
  EXPECT_EQ(page_sql(table_named(tables, "secrets")), "SELECT name, value FROM secrets ORDER BY name");
}

std::uint64_t hash_of_values(const std::vector<Value>& values) {
  RowHash hash;
  for (const Value& value : values) hash.add(value);
  return hash.value();
}

TEST(RowHash, TellsApartWhatLooksAlike) {
  const std::vector<std::vector<Value>> rows{
      {std::string_view("ab"), std::string_view("c")},
      {std::string_view("a"), std::string_view("bc")},
      {std::string_view("abc")},
      {std::string_view("")},
      {std::monostate{}},
      {std::int64_t{0}},
      {std::int64_t{1}},
      {std::string_view("1")},
      {std::string_view("ab"), std::string_view("c"), std::monostate{}},
      {std::string_view("ab\0", 3), std::string_view("c")},
      {std::string_view("abcdefgh")},
      {std::string_view("abcdefgh\0", 9)},
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(hash_of_values(rows[i]), hash_of_values(rows[i]));
    for (std::size_t k = 0; k < i; ++k) EXPECT_NE(hash_of_values(rows[i]), hash_of_values(rows[k])) << i << " " << k;
  }
}

}  // namespace
}  // namespace contactd::store
