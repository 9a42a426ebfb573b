// Micro-benchmarks of the steps of a request: README.md beside this file says how to run and compare them.
#include <benchmark/benchmark.h>

BENCHMARK_MAIN();
