// Counted by the rows of the route table.
#include "coverage.hpp"

#include "http/url.hpp"

namespace contactd::differential {
namespace {

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

std::string name_of(const api::Route* route) {
  if (route == nullptr) return "no endpoint";
  return padded(std::string(route->method), 7) + std::string(route->path);
}

}  // namespace

void Coverage::add(const Answers& answers) {
  ++requests_;
  const auto target = http::split_target(answers.asked.target);
  const api::Route* route = nullptr;
  if (target.verdict == http::Target::Verdict::ok) {
    route = api::match_route(answers.asked.method, target.segments).route;
  }
  ++by_route_[route][answers.sqlite.status];
  if (answers.sqlite.header("Idempotency-Replayed")) ++replayed_;
  if (answers.sqlite.status < 400 || !answers.sqlite.json) return;
  if (const auto code = answers.sqlite.json->root().find("code")) {
    ++codes_[std::string(code->text())];
    codes_by_route_[route].emplace(code->text());
  }
}

std::string Coverage::table() const {
  std::string text;
  const auto add_row = [&](const api::Route* route) {
    text += padded(name_of(route), 42);
    if (const auto found = by_route_.find(route); found != by_route_.end()) {
      for (const auto& [status, count] : found->second) {
        text += padded(std::to_string(status) + ": " + std::to_string(count), 13);
      }
    }
    text += "\n";
  };
  for (const api::Route& route : api::routes()) add_row(&route);
  add_row(nullptr);
  text += "problems:";
  for (const auto& [code, count] : codes_) text += " " + code + " " + std::to_string(count);
  return text + "\nrepeated under an Idempotency-Key: " + std::to_string(replayed_) + "\n";
}

std::vector<std::string> Coverage::missing() const {
  std::vector<std::string> missing;
  if (replayed_ == 0) missing.emplace_back("no answer was repeated under an Idempotency-Key");
  for (const api::Route& route : api::routes()) {
    const auto found = by_route_.find(&route);
    if (found == by_route_.end()) {
      missing.push_back(name_of(&route) + " was never asked");
      continue;
    }
    for (const auto& success : route.operation.successes) {
      if (success.status != 0 && !found->second.contains(success.status)) {
        missing.push_back(name_of(&route) + " never answered " + std::to_string(success.status));
      }
    }
  }
  return missing;
}

std::vector<std::string> Coverage::rare() const {
  std::vector<std::string> rare;
  for (const api::Route& route : api::routes()) {
    const auto codes = codes_by_route_.find(&route);
    for (const std::string_view code : route.operation.problems) {
      if (!code.empty() && (codes == codes_by_route_.end() || !codes->second.contains(code))) {
        rare.push_back(name_of(&route) + " never answered " + std::string(code));
      }
    }
  }
  return rare;
}

}  // namespace contactd::differential
