// What was asked, and what it was answered with.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "step.hpp"
#include "twins.hpp"

namespace contactd::differential {

class Coverage {
 public:
  void add(const Answers& answers);
  std::size_t requests() const { return requests_; }
  /// A row for each endpoint, with how often each status was answered; then the codes of problems.
  std::string table() const;
  /// Endpoints that were never asked, and successes of theirs that were never seen.
  std::vector<std::string> missing() const;
  /// Problems that are an endpoint's own and were never seen there: some need a chance that does not come each time.
  std::vector<std::string> rare() const;

 private:
  std::size_t requests_ = 0;
  std::size_t replayed_ = 0;
  std::map<const api::Route*, std::map<int, std::size_t>> by_route_;  ///< Null: no route, or another method.
  std::map<const api::Route*, std::set<std::string, std::less<>>> codes_by_route_;
  std::map<std::string, std::size_t> codes_;
};

}  // namespace contactd::differential
