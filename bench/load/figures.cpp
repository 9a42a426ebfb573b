// Percentiles, and JSON by hand: it is one object of numbers and one text.
#include "figures.hpp"

#include <algorithm>
#include <cstdio>

namespace contactd::bench {
namespace {

std::string decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "\"";
}

/// Members of an object, one after the other.
class Object {
 public:
  void add(const std::string& name, const std::string& json) {
    text_ += (text_.empty() ? "" : ",") + quoted(name) + ":" + json;
  }
  void add(const std::string& name, std::uint64_t number) { add(name, std::to_string(number)); }
  std::string json() const { return "{" + text_ + "}"; }

 private:
  std::string text_;
};

}  // namespace

double Latencies::milliseconds(unsigned percent) {
  if (values_.empty()) return 0;
  if (!is_sorted_) std::sort(values_.begin(), values_.end());
  is_sorted_ = true;
  return values_[std::min(values_.size() - 1, values_.size() * percent / 100)] / 1000.0;
}

std::string Latencies::json() {
  Object object;
  object.add("count", values_.size());
  object.add("p50_ms", decimal(milliseconds(50)));
  object.add("p99_ms", decimal(milliseconds(99)));
  object.add("max_ms", decimal(milliseconds(100)));
  return object.json();
}

std::string Figures::json() {
  Object object, by_status, by_status_after_sending, by_kind;
  for (auto& [status, latencies] : statuses) by_status.add(std::to_string(status), latencies.json());
  for (auto& [status, latencies] : after_sending) by_status_after_sending.add(std::to_string(status), latencies.json());
  for (auto& [kind, latencies] : kinds) by_kind.add(kind, latencies.json());
  std::string seconds_p99;
  for (Latencies& second : each_second) {
    seconds_p99 += (seconds_p99.empty() ? "" : ",") + decimal(second.milliseconds(99));
  }
  object.add("sent", sent);
  object.add("sending_seconds", decimal(sending_seconds));
  object.add("seconds", decimal(seconds));
  object.add("statuses", by_status.json());
  object.add("after_sending", by_status_after_sending.json());
  object.add("kinds", by_kind.json());
  object.add("p99_ms_each_second", "[" + seconds_p99 + "]");
  object.add("late_p99_ms", decimal(late.milliseconds(99)));
  object.add("waited_for_connection", waited);
  object.add("without_retry_after", without_retry_after);
  object.add("refused", refused);
  object.add("wrong", wrong);
  object.add("broken", broken);
  object.add("unanswered", unanswered);
  object.add("example", quoted(example));
  return object.json();
}

}  // namespace contactd::bench
