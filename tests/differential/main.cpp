// Plays random requests to both stores until so many were played, or an answer differs.
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <stdexcept>

#include "altered_connection.hpp"
#include "coverage.hpp"
#include "generator.hpp"
#include "shrink.hpp"

namespace contactd::differential {
namespace {

constexpr const char* usage =
    "test_differential [--requests N] [--seed S] [--differences D]\n"
    "    plays N requests (5000), and up to three times as many where not all was seen that has to be; stops at the\n"
    "    D-th difference (1)\n"
    "test_differential --self-test                                    a store that errs on purpose is found out\n"
    "Run it under tests/postgres/with_cluster.py.\n";

struct Options {
  std::int64_t requests = 5'000;
  std::int64_t seed = 1;
  std::int64_t differences = 1;
  bool self_test = false;
};

Options options_of(int count, char** arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    if (name == "--self-test") {
      options.self_test = true;
      continue;
    }
    std::int64_t* number = name == "--requests"      ? &options.requests
                           : name == "--seed"        ? &options.seed
                           : name == "--differences" ? &options.differences
                                                     : nullptr;
    if (number == nullptr || ++i == count) throw std::invalid_argument(usage);
    const auto [end, error] = std::from_chars(arguments[i], arguments[i] + std::strlen(arguments[i]), *number);
    if (error != std::errc{} || *end != 0) throw std::invalid_argument(usage);
  }
  return options;
}

/// What was found: the steps up to the difference, and what differed.
struct Finding {
  Steps steps;
  std::string text;
};

/// Plays one sequence of so many steps at most.
std::optional<Finding> play_sequence(Twins& twins, std::uint64_t seed, int steps_max, Coverage& coverage) {
  Generator generator(seed);
  Names names = twins.begin(steps_max);
  Steps steps;
  for (int i = 0; i < steps_max; ++i) {
    steps.push_back(generator.next());
    const Answers answers = twins.play(steps.back(), names);
    coverage.add(answers);
    if (auto differs = difference(answers)) {
      return Finding{std::move(steps), answers.asked.as_command() + "\n" + *differs};
    }
    generator.learn(steps.back(), answers.sqlite);
  }
  return std::nullopt;
}

void report(Twins& twins, const Finding& finding) {
  std::printf("A DIFFERENCE, after %zu requests of its sequence:\n%s\n", finding.steps.size(), finding.text.c_str());
  std::fflush(stdout);
  const Steps shortest = shrunk(twins, finding.steps);
  std::printf("The shortest sequence that shows one, %zu requests:\n\n%s", shortest.size(),
              as_scenario(shortest).c_str());
  Names names = twins.begin(finding.steps.back().number);
  std::optional<std::string> differs;
  for (const Step& step : shortest) differs = difference(twins.play(step, names));
  std::printf("%s\n\n", differs ? differs->c_str() : "It does not show it each time.");
  std::fflush(stdout);
}

int run(const Options& options) {
  using Clock = std::chrono::steady_clock;
  Twins twins;
  Coverage coverage;
  const auto requests = static_cast<std::size_t>(options.requests);
  std::int64_t differences = 0;
  const auto start = Clock::now();
  const auto goes_on = [&] {
    if (differences >= options.differences) return false;
    return coverage.requests() < requests || (coverage.requests() < 3 * requests && !coverage.missing().empty());
  };
  for (std::uint64_t sequence = 0; goes_on(); ++sequence) {
    Dice dice(static_cast<std::uint64_t>(options.seed) * 1'000'003 + sequence);
    const auto steps_max = static_cast<int>(100 + dice.below(300));
    if (const auto finding = play_sequence(twins, dice.below(SIZE_MAX), steps_max, coverage)) {
      ++differences;
      std::printf("seed %lld, sequence %llu. ", static_cast<long long>(options.seed),
                  static_cast<unsigned long long>(sequence));
      report(twins, *finding);
    }
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  const auto missing = coverage.missing();
  std::printf("%s", coverage.table().c_str());
  for (const std::string& each : coverage.rare()) std::printf("rare: %s\n", each.c_str());
  for (const std::string& each : missing) std::printf("MISSING: %s\n", each.c_str());
  std::printf("%zu requests to both stores in %.1f s, seed %lld: %lld differences, %zu not covered\n",
              coverage.requests(), seconds, static_cast<long long>(options.seed), static_cast<long long>(differences),
              missing.size());
  return differences == 0 && missing.empty() ? 0 : 1;
}

/// Each way of erring has to be found within so many requests, and shown with few.
int self_test() {
  constexpr std::size_t requests_max = 4'000, shown_max = 20;
  constexpr int steps_max = 120, plays_max = 60;
  int failures = 0;
  for (const Alteration& alteration : alterations) {
    Twins twins(
        [&](auto connection) { return std::make_unique<AlteredConnection>(std::move(connection), alteration); });
    Coverage coverage;
    std::optional<Finding> finding;
    for (std::uint64_t seed = 1; !finding && coverage.requests() < requests_max; ++seed) {
      finding = play_sequence(twins, seed, steps_max, coverage);
    }
    const Steps shortest = finding ? shrunk(twins, finding->steps, plays_max) : Steps{};
    const bool good =
        finding && shortest.size() <= shown_max && twins.first_difference(shortest, steps_max) == shortest.size() - 1;
    failures += good ? 0 : 1;
    std::printf("%s: %s after %zu requests, shown with %zu\n", std::string(alteration.name).c_str(),
                finding ? "found" : "NOT FOUND", coverage.requests(), shortest.size());
    if (!good) std::printf("%s", as_scenario(shortest).c_str());
  }
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace contactd::differential

int main(int argument_count, char** arguments) {
  using namespace contactd::differential;
  try {
    const Options options = options_of(argument_count, arguments);
    return options.self_test ? self_test() : run(options);
  } catch (const std::invalid_argument& error) {
    std::fputs(error.what(), stderr);
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
