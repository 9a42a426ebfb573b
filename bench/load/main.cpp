// A load that does not wait: so many requests per second, whatever the server does, each counted from when it was due.
//
//   ninja -C build/release bench_open_loop
//   BENCH_TOKEN=… build/release/bench_open_loop --port N --requests FILE --rate N --seconds N
//                 [--connections N] [--accept 200,503] [--seed N]
//
// Prints one line of JSON (figures.hpp says what it holds). A load that asks again when it was answered would see one
// slow answer when a server stands still; this one sees all that were due meanwhile. requests.hpp has the file's
// format.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string_view>

#include <sys/resource.h>

#include "generator.hpp"

namespace contactd::bench {
namespace {

template <class Number>
Number number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw std::runtime_error("not a number: " + std::string(text));
  }
  return value;
}

std::set<int> statuses(std::string_view list) {
  std::set<int> found;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    found.insert(number<int>(list.substr(0, comma)));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return found;
}

struct Arguments {
  LoadOptions load;
  std::string requests;
};

Arguments read_arguments(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view flag = argv[i];
    if (i + 1 == argc) throw std::runtime_error(std::string(flag) + " needs a value");
    const std::string_view value = argv[i + 1];
    LoadOptions& load = arguments.load;
    if (flag == "--port")
      load.port = number<std::uint16_t>(value);
    else if (flag == "--connections")
      load.connections = number<std::size_t>(value);
    else if (flag == "--rate")
      load.rate = number<double>(value);
    else if (flag == "--seconds")
      load.seconds = number<double>(value);
    else if (flag == "--seed")
      load.seed = number<std::uint64_t>(value);
    else if (flag == "--accept")
      load.accepted = statuses(value);
    else if (flag == "--requests")
      arguments.requests = value;
    else
      throw std::runtime_error("there is no option " + std::string(flag));
  }
  const LoadOptions& load = arguments.load;
  if (load.port == 0 || load.connections == 0 || !(load.rate > 0) || !(load.seconds > 0) ||
      arguments.requests.empty()) {
    throw std::runtime_error("needed are --port, --requests, --rate and --seconds");
  }
  return arguments;
}

/// A connection is a descriptor; most systems let a program have more of them than it has at first.
void allow_descriptors() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace
}  // namespace contactd::bench

int main(int argc, char** argv) {
  using namespace contactd::bench;
  try {
    Arguments arguments = read_arguments(argc, argv);
    const char* token = std::getenv("BENCH_TOKEN");
    allow_descriptors();
    Generator generator(arguments.load, read_requests(arguments.requests, token == nullptr ? "" : token));
    std::printf("%s\n", generator.run().json().c_str());
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_open_loop: %s\n", error.what());
    return EXIT_FAILURE;
  }
}
