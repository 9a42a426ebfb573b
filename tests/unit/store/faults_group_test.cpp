// Requests that share one commit: one that is refused does not take its neighbours along, one that breaks the
// transaction does, and so does a commit that fails.
#include "faults_support.hpp"
#include "store/schema_plan.hpp"
#include "store/search_rebuild.hpp"

namespace contactd::store::test {
namespace {

/// Holds the writer in the midst of a group: what is submitted meanwhile joins it, and shares its commit.
class Gate {
 public:
  WriteJob job() {
    return {caller(), [this](WriteSession&) { closed_.set_value(), opened_.get_future().wait(); },
            [this](const std::exception_ptr&) { passed_.set_value(); }};
  }
  void wait_until_closed() { closed_.get_future().wait(); }
  void open() {
    opened_.set_value();
    passed_.get_future().wait();
  }

 private:
  std::promise<void> closed_, opened_, passed_;
};

class FaultyGroups : public testing::Test {
 protected:
  FaultyGroups() {
    const SqliteOptions options{.path = folder_.database(), .vfs = vfs_.name()};
    auto connection = open_sqlite_writer(options);
    prepare_schema(*connection, contact_store_tables());
    prepare_search(*connection, nullptr);
    writer_ = std::make_unique<Writer>(std::move(connection), StampSource{}, WriterSettings{});
    reader_ = open_sqlite_reader(options);
    const std::vector<Outcome> made = run_group({[this](WriteSession& session) {
      model::Namespace space;
      space.name = "Vayana";
      insert(session, space);
      namespace_ = space.audit.id;
    }});
    EXPECT_TRUE(made[0].acknowledged);
  }

  using Work = std::function<void(WriteSession&)>;

  Work create(const std::string& name) {
    return [this, name](WriteSession& session) {
      model::Contact contact = contact_named(name, namespace_);
      insert(session, contact);
    };
  }

  /// Runs them in one group; `before` is called before the first of them runs.
  std::vector<Outcome> run_group(const std::vector<Work>& works, const std::function<void()>& before = {}) {
    Gate gate;
    std::vector<std::promise<Outcome>> ended(works.size());
    EXPECT_TRUE(writer_->submit(gate.job()));
    gate.wait_until_closed();
    for (std::size_t i = 0; i < works.size(); ++i) {
      EXPECT_TRUE(writer_->submit({caller(), works[i], [&ended, i](const std::exception_ptr& error) {
                                     ended[i].set_value(outcome_of(error));
                                   }}));
    }
    commits_before_ = writer_->commits();
    if (before) before();
    gate.open();
    std::vector<Outcome> outcomes;
    for (auto& each : ended) outcomes.push_back(each.get_future().get());
    commits_ = writer_->commits() - commits_before_;
    return outcomes;
  }

  std::vector<std::string> names() {
    std::vector<std::string> found;
    reader_->run("SELECT name FROM contacts ORDER BY id", {}, [&](const Row& row) {
      found.emplace_back(row.text(0));
      return true;
    });
    return found;
  }

  TemporaryFolder folder_;
  FaultVfs vfs_{"faults-group"};
  std::unique_ptr<Connection> reader_;
  std::unique_ptr<Writer> writer_;
  std::string namespace_;
  std::uint64_t commits_before_ = 0, commits_ = 0;
};

TEST_F(FaultyGroups, AConflictFailsAlone) {
  const auto broken_reference = [](WriteSession& session) {
    model::Contact contact = contact_named("Nowhere", "no-such-namespace");
    insert(session, contact);
  };
  const auto outcomes = run_group({create("A"), create("A"), broken_reference, create("B")});
  EXPECT_EQ(commits_, 1U) << "they did not share a commit";
  EXPECT_TRUE(outcomes[0].acknowledged);
  EXPECT_EQ(outcomes[1].problem, "already_exists");
  EXPECT_EQ(outcomes[2].store_error, StoreError::Kind::conflict);
  EXPECT_TRUE(outcomes[3].acknowledged);
  EXPECT_EQ(names(), (std::vector<std::string>{"A", "B"}));
}

TEST_F(FaultyGroups, WhatARefusedRequestHadWrittenIsGone) {
  const auto half = [this](WriteSession& session) {
    create("Half")(session);
    throw Problem(problem_kind("precondition_failed"));
  };
  const auto outcomes = run_group({half, create("A"), half});
  EXPECT_EQ(outcomes[0].problem, "precondition_failed");
  EXPECT_EQ(names(), std::vector<std::string>{"A"});
}

TEST_F(FaultyGroups, AFailedCommitFailsAll) {
  const auto outcomes = run_group({create("A"), create("A"), create("B")}, [this] {
    vfs_.arm({Fault::full, 0, until_disarmed});
  });
  vfs_.disarm();
  for (const Outcome& outcome : outcomes) EXPECT_EQ(outcome.store_error, StoreError::Kind::full);
  EXPECT_EQ(commits_, 0U);
  EXPECT_TRUE(names().empty());
  EXPECT_TRUE(run_group({create("A")})[0].acknowledged);
  EXPECT_EQ(names(), std::vector<std::string>{"A"});
}

TEST_F(FaultyGroups, AnEngineThatRolledBackFailsAllAndNothingIsKeptOfThoseBehind) {
  const auto rolls_back = [](WriteSession& session) {
    session.run("ROLLBACK", Values{});
    throw StoreError(StoreError::Kind::full, "as the engine does when the disk is full");
  };
  const auto outcomes = run_group({create("A"), rolls_back, create("B")});
  for (const Outcome& outcome : outcomes) EXPECT_EQ(outcome.store_error, StoreError::Kind::full);
  EXPECT_TRUE(names().empty()) << "a request behind was committed by itself";
  EXPECT_TRUE(run_group({create("B")})[0].acknowledged);
}

TEST_F(FaultyGroups, ARolledBackTransactionThatNobodyReportedFailsAll) {
  const auto rolls_back = [](WriteSession& session) { session.run("ROLLBACK", Values{}); };
  const auto outcomes = run_group({create("A"), rolls_back, create("B")});
  for (const Outcome& outcome : outcomes) EXPECT_FALSE(outcome.acknowledged);
  EXPECT_TRUE(names().empty());
}

TEST(SlowSync, TakesAsLongAsItSays) {
  register_slow_sync_vfs("faults-slow-sync", 20);
  const TemporaryFolder folder;
  FaultyStore store(folder.database(), "faults-slow-sync", 1'000);
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(store.create("N" + std::to_string(i)).acknowledged);
  EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(5 * 20));
}

}  // namespace
}  // namespace contactd::store::test
