// Fail at write n, for n = 0, 1, 2 … until nothing fails: whatever write fails, the request is refused, the store is as
// before, and the next request succeeds without reopening.
#include "faults_support.hpp"

namespace contactd::store::test {
namespace {

constexpr std::int64_t steps_max = 2'000;
constexpr std::int64_t checkpoint_never = 1'000'000;
constexpr std::int64_t checkpoint_always = 1;

struct Run {
  const char* name;
  Fault fault;
  std::int64_t count;
  std::int64_t checkpoint_pages;
  StoreError::Kind refusal;
};

void PrintTo(const Run& run, std::ostream* out) {
  *out << run.name;
}

class FaultyWrites : public testing::TestWithParam<Run> {};

TEST_P(FaultyWrites, LeaveNothingBehind) {
  const TemporaryFolder folder;
  FaultVfs vfs(std::string("faults-") + GetParam().name);
  std::atomic<int> in_database{0};
  vfs.on_failure = [&](FaultFile file) { in_database += file == FaultFile::database ? 1 : 0; };
  std::vector<std::string> expected;
  int refused = 0;
  {
    FaultyStore store(folder.database(), vfs.name(), GetParam().checkpoint_pages);
    bool passed = false;
    for (std::int64_t step = 0; !passed; ++step) {
      ASSERT_LT(step, steps_max);
      const std::string number = std::to_string(step);
      vfs.arm({GetParam().fault, step, GetParam().count});
      const Outcome outcome = store.create("Armed " + number);
      store.settle();
      vfs.disarm();
      passed = vfs.failures() == 0;
      if (outcome.acknowledged) {
        expected.push_back("Armed " + number);
      } else {
        ++refused;
        ASSERT_EQ(outcome.store_error, GetParam().refusal) << step;
      }
      ASSERT_TRUE(store.create("Next " + number).acknowledged) << step;
      store.settle();  // Else the log is moved when the next plan is laid already, and takes its failure.
      expected.push_back("Next " + number);
      store.expect_consistent();
      ASSERT_EQ(store.names(), expected) << step;
    }
    EXPECT_GT(refused, 5);  // A create is more than a handful of writes.
    EXPECT_EQ(in_database > 0, GetParam().checkpoint_pages == checkpoint_always);
  }
  FaultyStore reopened(folder.database(), "", checkpoint_never);
  reopened.expect_consistent();
  EXPECT_EQ(reopened.names(), expected);
}

INSTANTIATE_TEST_SUITE_P(
    EveryStep, FaultyWrites,
    testing::Values(
        Run{"full_once", Fault::full, 1, checkpoint_never, StoreError::Kind::full},
        Run{"full_for_long", Fault::full, until_disarmed, checkpoint_never, StoreError::Kind::full},
        Run{"full_with_checkpoints", Fault::full, 1, checkpoint_always, StoreError::Kind::full},
        Run{"full_for_long_with_checkpoints", Fault::full, until_disarmed, checkpoint_always, StoreError::Kind::full},
        Run{"error_once", Fault::write_error, 1, checkpoint_never, StoreError::Kind::other},
        Run{"error_for_long", Fault::write_error, until_disarmed, checkpoint_never, StoreError::Kind::other},
        Run{"error_with_checkpoints", Fault::write_error, 1, checkpoint_always, StoreError::Kind::other}),
    [](const auto& run) { return std::string(run.param.name); });

TEST(FaultyWrites, AStoreThatCannotBeMadeIsMadeNextTime) {
  const TemporaryFolder folder;
  FaultVfs vfs("faults-start");
  bool passed = false;
  for (std::int64_t step = 0; !passed; ++step) {
    ASSERT_LT(step, steps_max);
    vfs.arm({Fault::full, step, until_disarmed});
    try {
      const FaultyStore store(folder.database(), vfs.name(), checkpoint_never);
      passed = true;
    } catch (const std::exception&) {
    }
    vfs.disarm();
  }
  FaultyStore store(folder.database(), vfs.name(), checkpoint_never);
  EXPECT_TRUE(store.create("First").acknowledged);
  store.expect_consistent();
}

}  // namespace
}  // namespace contactd::store::test
