// How a micro-benchmark is made: it always counts allocations beside the time.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <utility>

namespace contactd::bench {

/// How often this program has taken memory by operator new, on whatever thread.
std::uint64_t allocations_now();

enum class Runs {
  here,       ///< On the thread that measures.
  elsewhere,  ///< On the store's threads too: the processor's time is then that of the whole process.
};

/// Runs the work once, so that what is made once is made, and then measures it.
template <class Work>
void measure(benchmark::State& state, Work&& work) {
  work();
  const std::uint64_t before = allocations_now();
  for (auto _ : state) work();
  const auto allocations = static_cast<double>(allocations_now() - before);
  state.counters["allocations"] = benchmark::Counter(allocations, benchmark::Counter::kAvgIterations);
}

/// Adds a benchmark. `prepare` is called when it runs, perhaps several times, and gives the work, a function without
/// parameters. True, so that a file can do this before main.
template <class Prepare>
bool add(const std::string& name, Prepare prepare, Runs runs = Runs::here) {
  auto* const added = benchmark::RegisterBenchmark(name.c_str(), [prepare](benchmark::State& state) {
    auto work = prepare();
    measure(state, work);
  });
  added->Unit(benchmark::kMicrosecond);
  if (runs == Runs::elsewhere) added->MeasureProcessCPUTime();
  return true;
}

}  // namespace contactd::bench
