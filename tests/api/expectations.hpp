// Holding answers against what a step expects of them.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "client.hpp"

namespace contactd::scenario {

/// What was asked and answered, for later steps that want the same answer.
struct Exchange {
  Asked asked;
  Answer answer;
};

/// What a run of a scenario knows.
struct Memory {
  Names names;
  std::map<std::string, Exchange, std::less<>> exchanges;  ///< By the title of the step.
};

/// Calls `complain` with a sentence for everything about the answer that is not as `expected` says. Keeps what it says
/// to keep.
void check_expectation(const Directive& expected, const Exchange& exchange, Memory& memory, Service& service,
                       const std::function<void(const std::string&)>& complain);

/// What holds of every answer, whatever the step says.
void check_invariants(const Exchange& exchange, const std::function<void(const std::string&)>& complain);

/// Whether the statuses of answers that were given at once are as "1 x 201, 7 x 409 or 412" says; a part without a
/// number stands for all others. Gives the complaint.
std::string status_complaint(const std::string& expected, std::vector<int> statuses);

/// Why two answers are not the same to a client, request ids left out of account; empty when they are.
std::string answer_difference(const Answer& expected, const Answer& actual);

/// The answer's complaint when its rows (an array of objects at `rows`) are not in the order that `names` tell, such as
/// "-name, -id"; an absent member counts as the empty string.
std::string order_complaint(const std::vector<resource::JsonValue>& rows, const std::string& names);

}  // namespace contactd::scenario
