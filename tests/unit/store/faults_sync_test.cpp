// A sync that fails: the process must stop before it acknowledges anything more, since nobody can tell what is on disk.
// Each run is a process of its own, which reports through a pipe what it was told.
#include <sys/wait.h>

#include "faults_support.hpp"

namespace contactd::store::test {
namespace {

constexpr int writes = 8;
constexpr std::int64_t checkpoint_pages = 20;  // Reached within the run.
constexpr std::int64_t steps_max = 200;

/// What the process wrote: 'a' for an acknowledged write, 'l' and 'd' for a failed sync of the log and of the database.
struct Report {
  std::string events;
  int status = 0;
  std::ptrdiff_t acknowledged() const { return std::count(events.begin(), events.end(), 'a'); }
};

void tell(int pipe, char event) {
  if (::write(pipe, &event, 1) != 1) std::_Exit(3);
}

[[noreturn]] void run_process(const std::string& database, std::int64_t step, int pipe) {
  FaultVfs vfs("faults-sync");
  vfs.on_failure = [&](FaultFile file) { tell(pipe, file == FaultFile::database ? 'd' : 'l'); };
  FaultyStore store(database, vfs.name(), checkpoint_pages);
  vfs.arm({Fault::sync_error, step, 1});
  for (int i = 0; i < writes; ++i) {
    // Told on the writer's thread, at the moment when a client would be.
    std::promise<void> ended;
    store.store().write_later({caller(),
                               [&](WriteSession& session) {
                                 model::Contact contact = contact_named("N" + std::to_string(i), store.namespace_id());
                                 insert(session, contact);
                               },
                               [&](const std::exception_ptr& error) {
                                 tell(pipe, error ? 'r' : 'a');
                                 ended.set_value();
                               }});
    ended.get_future().wait();
  }
  store.settle();
  std::_Exit(EXIT_SUCCESS);
}

Report report_of(const std::string& database, std::int64_t step) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    run_process(database, step, ends[1]);
  }
  ::close(ends[1]);
  Report report;
  char buffer[64];
  for (ssize_t size = 0; (size = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
    report.events.append(buffer, static_cast<std::size_t>(size));
  }
  ::close(ends[0]);
  ::waitpid(child, &report.status, 0);
  return report;
}

TEST(FaultySyncs, StopTheProcessBeforeAnythingMoreIsAcknowledged) {
  bool log_failed = false, database_failed = false;
  std::int64_t step = 0;
  for (bool passed = false; !passed; ++step) {
    ASSERT_LT(step, steps_max);
    const TemporaryFolder folder;
    const Report report = report_of(folder.database(), step);
    ASSERT_TRUE(WIFEXITED(report.status)) << step;
    const auto failure = report.events.find_first_of("ld");
    passed = failure == std::string::npos;
    if (passed) {
      ASSERT_EQ(WEXITSTATUS(report.status), EXIT_SUCCESS) << step;
      ASSERT_EQ(report.events, std::string(writes, 'a'));
    } else {
      ASSERT_EQ(WEXITSTATUS(report.status), EXIT_FAILURE) << step;
      // Neither told that it is kept nor that it is not: both would be guesses.
      ASSERT_EQ(failure, report.events.size() - 1) << step << ": " << report.events;
      (report.events[failure] == 'd' ? database_failed : log_failed) = true;
    }
    FaultyStore reopened(folder.database(), "", checkpoint_pages);
    reopened.expect_consistent();
    const auto kept = static_cast<std::ptrdiff_t>(reopened.names().size());
    ASSERT_GE(kept, report.acknowledged()) << step;
    ASSERT_LE(kept, report.acknowledged() + 1) << step;
    ASSERT_TRUE(reopened.create("After").acknowledged);
  }
  EXPECT_TRUE(log_failed) << "no sync of a commit was among them";
  EXPECT_TRUE(database_failed) << "no sync of a checkpoint was among them";
  EXPECT_GT(step, writes);
}

}  // namespace
}  // namespace contactd::store::test
