// What a run gave, and how it is told: one line of JSON.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace contactd::bench {

/// Latencies in microseconds; sorted when they are asked for.
class Latencies {
 public:
  void add(std::int64_t microseconds) { values_.push_back(static_cast<std::uint32_t>(microseconds)); }
  std::size_t count() const { return values_.size(); }
  double milliseconds(unsigned percent);
  /// {"count":…,"p50_ms":…,"p99_ms":…,"max_ms":…}
  std::string json();

 private:
  std::vector<std::uint32_t> values_;
  bool is_sorted_ = false;
};

struct Figures {
  std::uint64_t sent = 0;
  double sending_seconds = 0;              ///< From the time of the first request until the last was sent.
  double seconds = 0;                      ///< From the time of the first request to the last answer.
  std::map<int, Latencies> statuses;       ///< Of each status, from when a request was due to its whole answer.
  std::map<int, Latencies> after_sending;  ///< The same from when it was sent: for loads beyond what we can bring.
  std::map<std::string, Latencies> kinds;
  std::vector<Latencies> each_second;  ///< By the second in which a request was due; accepted statuses only.
  Latencies late;                      ///< By how much requests left late though a connection was free: our own fault.
  std::uint64_t waited = 0;            ///< Requests that found no free connection.
  std::uint64_t without_retry_after = 0;  ///< Answers 503 that do not say when to come again.
  std::uint64_t refused = 0;              ///< Answers of a status that is not accepted.
  std::uint64_t wrong = 0;                ///< Accepted ones without what they had to hold.
  std::uint64_t broken = 0;               ///< Connections that ended within an answer, or before it.
  std::uint64_t unanswered = 0;           ///< Requests that still waited when the server had been silent for too long.
  std::string example;                    ///< The first that was refused, wrong or broken.

  std::string json();
};

}  // namespace contactd::bench
