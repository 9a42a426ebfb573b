// What SQLite alone needs for durable creates: the yardstick of the service's own.
//
//   bench_raw_store --folder DIR [--seconds N] [--creates N]
//
// Has the service itself make contacts, without waiting for the disk, and notes what it writes: so schema, indexes and
// statements are always its own. Then writes the same again by the C API, with the settings of the service's writer
// (journal in WAL mode, synchronous=FULL), 1 and 32 creates to a commit, N seconds each (default 3). The stores lie in
// DIR, which is made when it is not there, must be empty, and is empty again at the end.
//
// Prints one line of JSON. `row_alone_32` writes only the row of `contacts`: what published figures mostly count.
#include <charconv>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "record.hpp"
#include "replay.hpp"

namespace contactd::bench {
namespace {

constexpr std::size_t seconds_max = 600, creates_max = 1'000'000;

struct Options {
  std::string folder;
  std::size_t seconds = 3;
  std::size_t creates = 20'000;
};

std::size_t read_number(std::string_view name, std::string_view text, std::size_t most) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number == 0 || number > most) {
    throw std::runtime_error(std::string(name) + " must be a number from 1 to " + std::to_string(most));
  }
  return number;
}

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view name = argv[i];
    if (i + 1 == argc) throw std::runtime_error(std::string(name) + " lacks a value");
    if (name == "--folder") {
      options.folder = argv[i + 1];
    } else if (name == "--seconds") {
      options.seconds = read_number(name, argv[i + 1], seconds_max);
    } else if (name == "--creates") {
      options.creates = read_number(name, argv[i + 1], creates_max);
    } else {
      throw std::runtime_error("there is no option " + std::string(name) +
                               "; there are --folder, --seconds, --creates");
    }
  }
  if (options.folder.empty())
    throw std::runtime_error("--folder is missing: an empty folder on the disk to be measured");
  return options;
}

std::string json_of(const Rate& rate) {
  char text[96];
  std::snprintf(text, sizeof text, R"({"creates_per_second":%.1f,"cpu_microseconds":%.2f})", rate.creates_per_second,
                rate.cpu_microseconds);
  return text;
}

double statements_per_create(const Recording& recording) {
  std::size_t statements = 0;
  for (const Create& create : recording.creates) statements += create.own.size() + create.of_group.size();
  return static_cast<double>(statements) / static_cast<double>(recording.creates.size());
}

void run(const Options& options) {
  Folder folder(options.folder);
  const Recording recording = record_creates(folder, options.creates);
  const auto measured = [&](std::size_t batch, bool row_alone) {
    return json_of(replay(folder, recording,
                          {.batch = batch, .row_alone = row_alone, .seconds = static_cast<double>(options.seconds)}));
  };
  const std::string one = measured(1, false), many = measured(32, false), alone = measured(32, true);
  std::printf(R"({"batches":{"1":%s,"32":%s},"row_alone_32":%s,"statements_per_create":%.2f})"
              "\n",
              one.c_str(), many.c_str(), alone.c_str(), statements_per_create(recording));
}

}  // namespace
}  // namespace contactd::bench

int main(int argc, char** argv) {
  try {
    contactd::bench::run(contactd::bench::read_options(argc, argv));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_raw_store: %s\n", error.what());
    return 1;
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
