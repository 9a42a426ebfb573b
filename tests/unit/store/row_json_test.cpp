// The short way from a row to an answer shows just what the way through the resource would show.
#include "store/row_json.hpp"

#include <gtest/gtest.h>

#include <random>

#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/contact.hpp"
#include "model/relation.hpp"

namespace contactd::store {
namespace {

/// A row of `select_list`, made of the values that an INSERT would keep.
class MadeUpRow final : public Row {
 public:
  template <class T>
  explicit MadeUpRow(const T& resource) {
    const Values values = insert_values(7, resource);
    std::size_t next = 1;  // behind the tenant
    for (; next < 7; ++next) add(values.span()[next]);
    for_each_field<T>([&](const auto& each) {
      add(values.span()[next++]);
      using Member = typename std::remove_cvref_t<decltype(each)>::member_type;
      if constexpr (std::is_same_v<Member, Named>) add(std::string_view((resource.*each.member).name));
    });
  }
  bool is_null(int column) const override { return at(column).index() == 0; }
  std::int64_t integer(int column) const override { return std::get<std::int64_t>(at(column)); }
  std::string_view text(int column) const override {
    return is_null(column) ? std::string_view{} : std::get<std::string>(at(column));
  }

 private:
  using Kept = std::variant<std::monostate, std::int64_t, std::string>;
  const Kept& at(int column) const { return columns_.at(static_cast<std::size_t>(column)); }
  void add(const Value& value) {
    if (const auto* text = std::get_if<std::string_view>(&value)) {
      columns_.emplace_back(std::string(*text));
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
      columns_.emplace_back(*number);
    } else {
      columns_.emplace_back();
    }
  }
  std::vector<Kept> columns_;
};

/// Fills members by chance, with what is hard to write among it.
class Filler {
 public:
  explicit Filler(unsigned seed) : random_(seed) {}

  void fill(std::string& text) {
    static const std::array<std::string, 6> pieces{"plain", "a \"quote\"", "back\\slash", "line\nend", "ü₹", ""};
    text = pieces[random_() % pieces.size()] + std::to_string(random_() % 10);
  }
  void fill(std::int64_t& number) { number = static_cast<std::int64_t>(random_()); }
  void fill(bool& flag) { flag = random_() % 2 == 0; }
  void fill(Time& time) { time.microseconds = static_cast<std::int64_t>(random_() % 4'000'000'000) * 1'000'000 + 7; }
  void fill(Named& reference) {
    fill(reference.id);
    fill(reference.name);
  }
  void fill(FreeObject& object) { object.text = R"({"rate":1.10,"big":123456789012345678901234567890})"; }
  void fill(Tags& tags) {
    tags.resize(random_() % 3);
    for (std::string& tag : tags) fill(tag);
  }
  template <class Child>
  void fill(std::vector<Child>& children) {
    children.resize(random_() % 4);
    for (Child& child : children) {
      fill(child.id);
      for_each_field<Child>([&](const auto& each) { fill(child.*each.member); });
    }
  }
  template <class Held>
  void fill(std::optional<Held>& value) {
    value.reset();
    if (random_() % 2 == 0) fill(value.emplace());
  }

 private:
  std::mt19937 random_;
};

template <class T>
class RowJson : public testing::Test {};
using Resources = testing::Types<model::Contact, model::Address, model::Bank, model::Relation, model::Namespace>;
TYPED_TEST_SUITE(RowJson, Resources);

TYPED_TEST(RowJson, ShowsWhatTheResourceShows) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    Filler filler(seed);
    TypeParam resource;
    filler.fill(resource.audit.id);
    filler.fill(resource.audit.created_by);
    filler.fill(resource.audit.updated_by);
    filler.fill(resource.audit.created_at);
    filler.fill(resource.audit.updated_at);
    for_each_field<TypeParam>([&](const auto& each) { filler.fill(resource.*each.member); });
    resource.audit.version = seed;

    const MadeUpRow row(resource);
    std::string by_resource, by_row;
    resource::append_resource(by_resource, read_row<TypeParam>(row), "tenant-one");
    append_row<TypeParam>(by_row, row, "tenant-one");
    EXPECT_EQ(by_row, by_resource);
    EXPECT_EQ(version_of(row), seed);
    by_resource.clear();
    resource::append_resource(by_resource, resource, "tenant-one");
    EXPECT_EQ(by_row, by_resource);
  }
}

}  // namespace
}  // namespace contactd::store
