// The wall between tenants, statement by statement. Two tenants hold rows with the same ids; a script of requests runs
// as one of them. Then the script runs again for each `tenant_id = $1` of each statement that it runs, with just that
// condition taken out: the answers, or the other tenant's rows, must come out different each time. A statement whose
// wall could be removed unnoticed fails the test, by its text.
#include <fstream>

#include "tenant_wall_data.hpp"
#include "tenant_wall_script.hpp"

namespace contactd::api {
namespace {

namespace fs = std::filesystem;

struct Outcome {
  std::string answers;
  std::string own_rows;
  std::string stranger_rows;
  bool operator==(const Outcome&) const = default;
};

class TenantWall : public testing::Test {
 protected:
  /// Runs the script as lender-one on a fresh copy of the prepared file.
  Outcome run_script_on(const std::string& prepared, std::int64_t stranger, std::optional<Mutant> mutant) {
    const std::string path = folder_.file("run.db");
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(path + end);
    fs::copy_file(prepared, path);
    watch_.mutant = std::move(mutant);
    Outcome outcome;
    {
      TestService service(settings_for(path, watch_));
      watch_.recording = true;
      const std::string token = TestService::token("lender-one");
      for (const Ask& ask : script()) {
        const auto response =
            service.ask(token, {ask.method, filled(ask.target, names_), filled(ask.body, names_), ask.headers});
        outcome.answers += ask.method + " " + ask.target + " " + std::to_string(response.status) + " " +
                           without_cursor(response.body) + "\n";
      }
    }
    watch_.mutant.reset();
    watch_.recording = false;
    outcome.own_rows = dump(path, 3 - stranger);
    outcome.stranger_rows = dump(path, stranger);
    return outcome;
  }

  /// A cursor is signed over the tenant's own rows, and so tells of nobody else's; only that there is one matters.
  static std::string without_cursor(std::string body) {
    const auto at = body.find("\"next_cursor\":\"");
    return at == std::string::npos ? body : body.erase(at, body.find('"', at + 15) - at);
  }

  std::string prepare(std::int64_t stranger) {
    const std::string path = folder_.file("prepared" + std::to_string(stranger) + ".db");
    Watch unused;
    auto settings = settings_for(path, unused);
    settings.stamps = predictable_stamps(1'700'000'000'000'000);
    {
      TestService service(std::move(settings));
      names_ = make_first_rows(service, TestService::token("lender-one"));
      names_["{strange contact}"] = "STRANGE00CONTACT";
    }
    fs::copy_file(path, folder_.file("alone.db"), fs::copy_options::overwrite_existing);
    make_twin(path, stranger, names_);
    return path;
  }

  TemporaryFolder folder_;
  Watch watch_;
  Names names_;
};

TEST_F(TenantWall, EveryStatementNeedsItsTenant) {
  const std::string first = prepare(1), second = prepare(2);
  const Outcome right_first = run_script_on(first, 1, std::nullopt);
  const Outcome right_second = run_script_on(second, 2, std::nullopt);
  const Outcome alone = run_script_on(folder_.file("alone.db"), 2, std::nullopt);
  ASSERT_EQ(right_first.answers, alone.answers) << "a stranger with the same ids shows in the answers";
  ASSERT_EQ(right_second.answers, alone.answers) << "a stranger with the same ids shows in the answers";
  EXPECT_EQ(right_first.stranger_rows, dump(first, 1)) << "the stranger's rows were changed";
  EXPECT_EQ(right_second.stranger_rows, dump(second, 2)) << "the stranger's rows were changed";
  EXPECT_EQ(alone.answers.find(" 500 "), std::string::npos) << alone.answers;

  const std::set<Mutant> mutants = watch_.seen;
  EXPECT_GT(mutants.size(), 80U) << "the script no longer runs every statement";
  const auto is_noticed = [&](const Mutant& mutant) {
    return !(run_script_on(first, 1, mutant) == right_first) || !(run_script_on(second, 2, mutant) == right_second);
  };
  std::size_t caught = 0;
  for (const Mutant& mutant : mutants) {
    bool noticed = is_noticed(mutant);
    // The rows that a search finds are fetched behind a second wall: each hides that the other is gone.
    if (!noticed && mutant.sql.find(search_wall) != std::string::npos) {
      Mutant both = mutant;
      both.without_search_wall = true;
      noticed = is_noticed(both);
    }
    EXPECT_TRUE(noticed) << "the wall at byte " << mutant.at << " could be removed unnoticed:\n" << mutant.sql;
    caught += noticed ? 1 : 0;
  }
  RecordProperty("mutants", static_cast<int>(mutants.size()));
  std::printf("%zu of %zu removed walls were noticed\n", caught, mutants.size());
}

}  // namespace
}  // namespace contactd::api
