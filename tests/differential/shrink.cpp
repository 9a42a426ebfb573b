// Delta debugging over a sequence.
#include "shrink.hpp"

#include <algorithm>

namespace contactd::differential {
namespace {

Steps without(const Steps& steps, std::size_t from, std::size_t size) {
  Steps rest(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(from));
  rest.insert(rest.end(), steps.begin() + static_cast<std::ptrdiff_t>(std::min(from + size, steps.size())),
              steps.end());
  return rest;
}

std::string keep_lines(const Step& step, const std::string& all) {
  static const std::pair<std::string_view, std::string_view> sources[] = {
      {"id", "/id"},           {"prop", "/props/0"},       {"at", "/created_at"},
      {"etag", "header ETag"}, {"cursor", "/next_cursor"}, {"body", "body"}};
  std::string lines;
  for (const auto& [kind, source] : sources) {
    const std::string name = std::string(kind) + std::to_string(step.number);
    if (all.find("{" + name + "}") != std::string::npos) {
      lines += "  keep " + name + " from " + std::string(source) + "\n";
    }
  }
  return lines;
}

std::string request_lines(const Step& step) {
  std::string text = "step " + std::to_string(step.number) + "\n  " + step.request.method + " " + step.target() +
                     (step.request.caller.empty() ? " without token" : " as " + step.request.caller) + "\n";
  for (const auto& [name, value] : step.request.headers) text += "  with " + name + ": " + value + "\n";
  for (const std::string& name : step.request.left_out) text += "  with no " + name + "\n";
  if (step.request.has_body) text += "  body " + step.request.body + "\n";
  if (step.microseconds >= 1'000'000) {
    text += "  # " + std::to_string(step.microseconds / 1'000'000) + " seconds after the step before\n";
  }
  return text;
}

}  // namespace

Steps shrunk(Twins& twins, Steps steps, int plays_max) {
  if (steps.empty()) return steps;
  const int steps_max = steps.back().number;
  const auto differs = [&](Steps& candidate) {
    --plays_max;
    const auto at = twins.first_difference(candidate, steps_max);
    if (at) candidate.resize(*at + 1);
    return at.has_value();
  };
  if (!differs(steps)) return steps;
  for (std::size_t size = std::max<std::size_t>(steps.size() / 2, 1); size >= 1 && plays_max > 0; size /= 2) {
    for (std::size_t from = 0; from < steps.size() && steps.size() > 1 && plays_max > 0;) {
      Steps candidate = without(steps, from, size);
      if (!candidate.empty() && differs(candidate)) {
        steps = std::move(candidate);
      } else {
        from += size;
      }
    }
  }
  return steps;
}

std::string as_scenario(const Steps& steps) {
  std::string requests, text;
  for (const Step& step : steps) requests += request_lines(step);
  for (const Step& step : steps) text += request_lines(step) + keep_lines(step, requests) + "\n";
  return text;
}

}  // namespace contactd::differential
