// A connection that is lost while it commits: what clients are told, and that nothing is done twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../support/forwarding_connection.hpp"
#include "../unit/api/support.hpp"
#include "database.hpp"

namespace contactd::api {
namespace {

enum class Fault { none, lost_after_commit, lost_before_commit, deadlock, conflict };

/// The fault that the next write meets, and how often; shared by all connections of a test.
struct Faults {
  std::atomic<Fault> next{Fault::none};
  std::atomic<int> times{0};
};

/// Commits as it should, but for the faults.
class FaultyConnection final : public store::test::ForwardingConnection {
 public:
  FaultyConnection(std::unique_ptr<Connection> inner, Faults& faults)
      : ForwardingConnection(std::move(inner)), faults_(faults) {}

  void begin_read() override {
    writes_ = false;
    ForwardingConnection::begin_read();
  }
  void begin_write() override {
    writes_ = true;
    ForwardingConnection::begin_write();
  }
  void commit() override {
    using Kind = store::StoreError::Kind;
    const Fault fault = writes_ && faults_.times > 0 ? faults_.next.load() : Fault::none;
    if (fault == Fault::none) return ForwardingConnection::commit();
    --faults_.times;
    if (fault == Fault::lost_after_commit) {
      ForwardingConnection::commit();
    } else {
      ForwardingConnection::rollback();
    }
    if (fault == Fault::deadlock) throw store::StoreError(Kind::again, "as if there was a deadlock");
    if (fault == Fault::conflict) throw store::StoreError(Kind::conflict, "as if somebody was faster");
    throw store::StoreError(Kind::unknown, "as if the connection was lost");
  }

 private:
  Faults& faults_;
  bool writes_ = false;
};

class OutcomeTest : public testing::Test {
 protected:
  static store::StoreSettings settings(const test::TemporaryDatabase& database, Faults& faults) {
    store::StoreSettings settings;
    settings.postgres.emplace();
    settings.postgres->options.url = database.url();
    settings.postgres->owner_url = database.url("contactd_owner");
    settings.wrap = [&faults](std::unique_ptr<store::Connection> connection) {
      return std::make_unique<FaultyConnection>(std::move(connection), faults);
    };
    return settings;
  }
  void SetUp() override {
    ASSERT_EQ(post("/namespaces/", R"({"name":"Retail","contact_pattern":"C/{counter}"})").status, 201);
  }

  http::Response post(const std::string& path, const std::string& body, const std::string& key = {}) {
    Ask ask{"POST", path, body, {}};
    if (!key.empty()) ask.headers.emplace_back("Idempotency-Key", key);
    return service_.ask(TestService::token("tenant-one"), ask);
  }
  http::Response create(const std::string& key = {}) {
    return post("/contacts/",
                R"({"name":"Asha","namespace":"Retail","status":"active","type":"individual","props":[]})", key);
  }
  void meet(Fault fault, int times = 1) {
    faults_.next = fault;
    faults_.times = times;
  }
  std::string contacts() {
    const std::string list = service_.ask(TestService::token("tenant-one"), {"GET", "/contacts/"}).body;
    return list.substr(0, list.find(','));
  }
  static std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [known, value] : response.headers) {
      if (known == name) return std::string(value);
    }
    return "none";
  }

  test::TemporaryDatabase database_;
  Faults faults_;
  TestService service_{settings(database_, faults_)};
};

TEST_F(OutcomeTest, WithAKeyTheAnswerIsFoundWhenItWasKept) {
  meet(Fault::lost_after_commit);
  const auto answer = create("one");
  EXPECT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(member(answer.body, "ref_id"), "C/1");
  EXPECT_EQ(create("one").body, answer.body);
  EXPECT_EQ(contacts(), R"({"count":1)");
}

TEST_F(OutcomeTest, WithAKeyThatIsNotThereNothingIsKnownAndARepetitionDoesIt) {
  meet(Fault::lost_before_commit);
  const auto answer = create("one");
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, testing::HasSubstr("not known whether this was done"));
  EXPECT_EQ(header(answer, "Retry-After"), "1");
  EXPECT_EQ(contacts(), R"({"count":0)");
  EXPECT_EQ(create("one").status, 201);
  EXPECT_EQ(contacts(), R"({"count":1)");
}

TEST_F(OutcomeTest, WithoutAKeyNothingIsRepeated) {
  meet(Fault::lost_after_commit);
  const auto answer = create();
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, testing::HasSubstr("not known whether this was done"));
  EXPECT_EQ(contacts(), R"({"count":1)");
}

TEST_F(OutcomeTest, WhatOthersHaveSpoiltRunsAgainAsIfItWereTheFirstTime) {
  for (const Fault fault : {Fault::deadlock, Fault::conflict}) {
    meet(fault, 4);
    EXPECT_EQ(create().status, 201);
    EXPECT_EQ(faults_.times, 0);
  }
  EXPECT_EQ(contacts(), R"({"count":2)");
  EXPECT_EQ(member(create().body, "ref_id"), "C/3") << "a run that was undone has drawn no reference";
}

TEST_F(OutcomeTest, FiveTimesAndNoMore) {
  meet(Fault::deadlock, 100);
  const auto answer = create("one");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(header(answer, "Retry-After"), "1");
  EXPECT_EQ(faults_.times, 95);
  meet(Fault::none, 0);
  EXPECT_EQ(contacts(), R"({"count":0)");
  EXPECT_EQ(create("one").status, 201);
}

}  // namespace
}  // namespace contactd::api
