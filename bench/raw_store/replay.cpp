// The loop that is measured, and the check of what it left behind.
#include "replay.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <stdexcept>

#include "raw_database.hpp"
#include "record.hpp"
#include "store/search_changes.hpp"

namespace contactd::bench {
namespace {

constexpr const char* replayed_store = "replayed.db";
constexpr std::string_view row_start = "INSERT INTO contacts ";

using Clock = std::chrono::steady_clock;

double cpu_seconds() {
  std::timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// What was written before the measurement must not be written out during it.
void settle_disk(const Folder& folder) {
  const int descriptor = ::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0 || ::syncfs(descriptor) != 0) throw std::runtime_error("cannot sync " + folder.path().string());
  ::close(descriptor);
}

/// The order in which the service writes them: by table, then by row.
bool comes_before(const Write* left, const Write* right) {
  if (left->statement != right->statement) return left->statement < right->statement;
  return left->values < right->values;
}

void write_batch(RawDatabase& database, const Create* first, const Create* last, std::vector<const Write*>& of_group) {
  database.begin();
  of_group.clear();
  for (const Create* create = first; create != last; ++create) {
    for (const Write& write : create->own) database.write(write);
    for (const Write& write : create->of_group) of_group.push_back(&write);
  }
  std::sort(of_group.begin(), of_group.end(), comes_before);
  for (const Write* write : of_group) database.write(*write);
  if (!of_group.empty()) {
    database.execute("INSERT INTO contacts_search (contacts_search, rank) VALUES ('merge', " +
                     std::to_string(store::merged_pages(of_group.size())) + ")");
  }
  database.commit();
  database.checkpoint_if_due();
}

void expect(std::int64_t found, std::size_t wanted, const char* what) {
  if (found == static_cast<std::int64_t>(wanted)) return;
  throw std::runtime_error("the replayed store has " + std::to_string(found) + " " + what + " instead of " +
                           std::to_string(wanted));
}

void check(RawDatabase& database, std::size_t creates, bool row_alone) {
  expect(database.count("SELECT COUNT(*) FROM contacts"), creates, "contacts");
  const std::size_t followed = row_alone ? 0 : creates;
  expect(database.count("SELECT COUNT(*) FROM history"), followed, "history rows");
  // A search table keeps no rows, only where each token occurs.
  database.execute("CREATE VIRTUAL TABLE temp.tokens USING fts5vocab(main, contacts_search, 'instance')");
  expect(database.count("SELECT COUNT(DISTINCT doc) FROM temp.tokens"), followed, "search rows");
}

std::vector<Create> rows_alone(const Recording& recording) {
  std::vector<Create> rows;
  for (const Create& create : recording.creates) {
    Create& row = rows.emplace_back();
    std::copy_if(create.own.begin(), create.own.end(), std::back_inserter(row.own),
                 [&](const Write& write) { return recording.statements[write.statement].starts_with(row_start); });
    if (row.own.size() != 1) throw std::runtime_error("a create has not one row in contacts");
  }
  return rows;
}

struct Measured {
  std::size_t creates = 0;
  double seconds = 0;
  double cpu_seconds = 0;
};

/// Adds what one copy of the empty store took.
void run_once(Folder& folder, const Recording& recording, const std::vector<Create>& creates, const Replay& wish,
              Measured& sum) {
  std::filesystem::copy_file(folder.file(empty_store), folder.file(replayed_store));
  {
    RawDatabase database(folder.file(replayed_store), recording);
    settle_disk(folder);
    std::vector<const Write*> of_group;
    std::size_t done = 0;
    double elapsed = 0;
    const double cpu_start = cpu_seconds();
    const auto start = Clock::now();
    while (done < creates.size() && sum.seconds + elapsed < wish.seconds) {
      const std::size_t count = std::min(wish.batch, creates.size() - done);
      write_batch(database, creates.data() + done, creates.data() + done + count, of_group);
      done += count;
      elapsed = std::chrono::duration<double>(Clock::now() - start).count();
    }
    sum.cpu_seconds += cpu_seconds() - cpu_start;
    sum.seconds += elapsed;
    sum.creates += done;
    check(database, done, wish.row_alone);
  }
  folder.remove_database(replayed_store);
}

}  // namespace

Rate replay(Folder& folder, const Recording& recording, const Replay& wish) {
  const std::vector<Create> rows = wish.row_alone ? rows_alone(recording) : std::vector<Create>{};
  Measured sum;
  while (sum.seconds < wish.seconds) {
    run_once(folder, recording, wish.row_alone ? rows : recording.creates, wish, sum);
  }
  const auto creates = static_cast<double>(sum.creates);
  return {creates / sum.seconds, sum.cpu_seconds / creates * 1e6};
}

}  // namespace contactd::bench
