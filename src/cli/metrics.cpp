// Requests by route, method and status; their time; what the store counts.
#include "cli/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <stdexcept>

#include "store/store.hpp"

namespace contactd::cli {
namespace {

const prometheus::Histogram::BucketBoundaries buckets{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                                      0.025,  0.05,    0.1,    0.25,  0.5,    1,     2.5};

prometheus::MetricFamily family_of(prometheus::MetricType type, const std::string& name, const std::string& help) {
  prometheus::MetricFamily family;
  family.type = type;
  family.name = name;
  family.help = help;
  return family;
}

void add_count(prometheus::MetricFamily& family, std::uint64_t count, const std::string& outcome = "") {
  prometheus::ClientMetric metric;
  if (!outcome.empty()) metric.label.push_back({"outcome", outcome});
  metric.counter.value = static_cast<double>(count);
  family.metric.push_back(std::move(metric));
}

/// What the store counts itself, asked for when metrics are collected, so that nothing is counted twice.
class StoreFigures : public prometheus::Collectable {
 public:
  explicit StoreFigures(store::Store& store) : store_(store) {}
  std::vector<prometheus::MetricFamily> Collect() const override {
    using prometheus::MetricType;
    std::vector<prometheus::MetricFamily> families;
    families.push_back(family_of(MetricType::Gauge, "contactd_writes_waiting", "Writes that wait for the writer"));
    families.back().metric.emplace_back().gauge.value = static_cast<double>(store_.writes_waiting());
    if (const auto counts = store_.replica_reads()) {
      families.push_back(
          family_of(MetricType::Counter, "contactd_replica_reads_total",
                    "Long reads for which a replica was asked; one that differed or failed was read on the primary"));
      add_count(families.back(), counts->answered, "answered");
      add_count(families.back(), counts->differed, "differed");
      add_count(families.back(), counts->failed, "failed");
    }
    if (const auto count = store_.reads_run_again()) {
      families.push_back(family_of(MetricType::Counter, "contactd_reads_run_again_total",
                                   "Short reads that had to run again by themselves, after trouble with the store"));
      add_count(families.back(), *count);
    }
    return families;
  }

 private:
  store::Store& store_;
};

}  // namespace

struct Metrics::State {
  State(const std::string& host_port, store::Store& store)
      : exposer(host_port),
        of_store(std::make_shared<StoreFigures>(store)),
        requests(
            prometheus::BuildCounter().Name("contactd_requests_total").Help("Answered requests").Register(*registry)),
        seconds(prometheus::BuildHistogram()
                    .Name("contactd_request_seconds")
                    .Help("From the first byte of a request to the last of its answer")
                    .Register(*registry)) {
    exposer.RegisterCollectable(registry);
    exposer.RegisterCollectable(of_store);
  }
  prometheus::Exposer exposer;
  std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
  std::shared_ptr<StoreFigures> of_store;
  prometheus::Family<prometheus::Counter>& requests;
  prometheus::Family<prometheus::Histogram>& seconds;
};

Metrics::Metrics(const std::string& host_port, store::Store& store) {
  try {
    state_ = std::make_unique<State>(host_port, store);
  } catch (const std::exception& error) {
    throw std::runtime_error("cannot serve metrics on " + host_port + ": " + error.what());
  }
}

Metrics::~Metrics() = default;

void Metrics::observe(std::string_view route, std::string_view method, int status, double seconds) {
  const std::string route_name(route.empty() ? "none" : route);
  state_->requests.Add({{"route", route_name}, {"method", std::string(method)}, {"status", std::to_string(status)}})
      .Increment();
  state_->seconds.Add({{"route", route_name}, {"method", std::string(method)}}, buckets).Observe(seconds);
}

}  // namespace contactd::cli
