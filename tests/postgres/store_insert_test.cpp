// Rows that must be the only ones of their kind, among several writers: who comes second is told whom they repeat.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "../support/forwarding_connection.hpp"
#include "database.hpp"
#include "model/contact.hpp"
#include "store/repository.hpp"
#include "store/store.hpp"

namespace contactd::store {
namespace {

using namespace std::chrono_literals;

const Caller somebody{"tenant-one", "maker-one", "request"};

class InsertTest : public testing::Test {
 protected:
  /// A transaction of a connection of its own, which notes what it waits for.
  class Writer final : public test::ForwardingConnection {
   public:
    explicit Writer(const contactd::test::TemporaryDatabase& database)
        : ForwardingConnection(make_postgres_connection({.url = database.url()})) {
      begin_write();
      session_.emplace(*this, somebody, stamps_);
    }
    WriteSession& session() { return *session_; }
    const std::vector<std::string>& waited_for() const { return waited_for_; }

    using Connection::run;
    std::int64_t run(std::string_view sql, std::span<const Value> values, RowVisitor visit) override {
      waited_for_.emplace_back(sql);
      return ForwardingConnection::run(sql, values, visit);
    }

   private:
    StampSource stamps_;
    std::optional<WriteSession> session_;
    std::vector<std::string> waited_for_;
  };

  InsertTest() {
    StoreSettings settings;
    settings.postgres.emplace();
    settings.postgres->options.url = database_.url();
    settings.postgres->owner_url = database_.url("contactd_owner");
    const Store made(std::move(settings));
    Writer writer(database_);
    space_.name = "Retail";
    insert(writer.session(), space_);
    writer.commit();
  }

  model::Contact contact(const std::string& reference) const {
    model::Contact contact;
    contact.name_space = {space_.audit.id, space_.name};
    contact.name = "Asha Rao";
    contact.ref_id = reference;
    contact.status = "active";
    contact.type = "individual";
    return contact;
  }
  /// What a writer is told who repeats `reference`: the id of the one that is there, empty when there is none.
  static std::string repeated(Writer& writer, model::Contact contact) {
    try {
      insert(writer.session(), contact);
    } catch (const Problem& problem) {
      EXPECT_EQ(problem.kind->code, "already_exists");
      return problem.existing_id;
    }
    return {};
  }

  contactd::test::TemporaryDatabase database_;
  model::Namespace space_;
};

TEST_F(InsertTest, WhatIsNewIsNotLookedForFirst) {
  Writer writer(database_);
  const std::size_t before = writer.waited_for().size();
  EXPECT_EQ(repeated(writer, contact("one")), "");
  ASSERT_EQ(writer.waited_for().size(), before + 1);
  EXPECT_THAT(writer.waited_for().back(), testing::StartsWith("INSERT INTO contacts "));
}

TEST_F(InsertTest, WhoComesSecondIsToldWhomTheyRepeat) {
  Writer first(database_), second(database_);
  model::Contact kept = contact("one");
  insert(first.session(), kept);
  auto told = std::async(std::launch::async, [&] { return repeated(second, contact("one")); });
  EXPECT_EQ(told.wait_for(100ms), std::future_status::timeout) << "nobody knows yet whether the first one stays";
  first.commit();
  EXPECT_EQ(told.get(), kept.audit.id);
  EXPECT_EQ(repeated(second, contact("two")), "") << "the transaction has not failed";
}

TEST_F(InsertTest, WhoseForerunnerIsUndoneIsTheFirst) {
  Writer first(database_), second(database_);
  model::Contact undone = contact("one");
  insert(first.session(), undone);
  auto told = std::async(std::launch::async, [&] { return repeated(second, contact("one")); });
  EXPECT_EQ(told.wait_for(100ms), std::future_status::timeout);
  first.rollback();
  EXPECT_EQ(told.get(), "");
  second.commit();
  Writer third(database_);
  EXPECT_NE(repeated(third, contact("one")), "");
}

}  // namespace
}  // namespace contactd::store
