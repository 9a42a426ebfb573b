// Requests by route, method and status; their time; writes that wait; what replicas answered.
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

/// Asked for when metrics are collected, so that nothing is counted twice.
class WaitingWrites : public prometheus::Collectable {
 public:
  explicit WaitingWrites(store::Store& store) : store_(store) {}
  std::vector<prometheus::MetricFamily> Collect() const override {
    prometheus::MetricFamily family;
    family.name = "contactd_writes_waiting";
    family.help = "Writes that wait for the writer";
    family.type = prometheus::MetricType::Gauge;
    prometheus::ClientMetric metric;
    metric.gauge.value = static_cast<double>(store_.writes_waiting());
    family.metric.push_back(metric);
    return {family};
  }

 private:
  store::Store& store_;
};

/// Of a store that may be read on replicas.
class ReplicaReads : public prometheus::Collectable {
 public:
  explicit ReplicaReads(store::Store& store) : store_(store) {}
  std::vector<prometheus::MetricFamily> Collect() const override {
    const auto counts = store_.replica_reads();
    if (!counts) return {};
    prometheus::MetricFamily family;
    family.name = "contactd_replica_reads_total";
    family.help = "Long reads for which a replica was asked; one that differed or failed was read on the primary";
    family.type = prometheus::MetricType::Counter;
    add(family, "answered", counts->answered);
    add(family, "differed", counts->differed);
    add(family, "failed", counts->failed);
    return {family};
  }

 private:
  static void add(prometheus::MetricFamily& family, const std::string& outcome, std::uint64_t count) {
    prometheus::ClientMetric metric;
    metric.label.push_back({"outcome", outcome});
    metric.counter.value = static_cast<double>(count);
    family.metric.push_back(std::move(metric));
  }

  store::Store& store_;
};

}  // namespace

struct Metrics::State {
  State(const std::string& host_port, store::Store& store)
      : exposer(host_port),
        waiting(std::make_shared<WaitingWrites>(store)),
        replica_reads(std::make_shared<ReplicaReads>(store)),
        requests(
            prometheus::BuildCounter().Name("contactd_requests_total").Help("Answered requests").Register(*registry)),
        seconds(prometheus::BuildHistogram()
                    .Name("contactd_request_seconds")
                    .Help("From the first byte of a request to the last of its answer")
                    .Register(*registry)) {
    exposer.RegisterCollectable(registry);
    exposer.RegisterCollectable(waiting);
    exposer.RegisterCollectable(replica_reads);
  }
  prometheus::Exposer exposer;
  std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
  std::shared_ptr<WaitingWrites> waiting;
  std::shared_ptr<ReplicaReads> replica_reads;
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
