// One step after the other: plain ones, tables, several clients at once, walks through a list.
#include "runner.hpp"

#include <gtest/gtest.h>

#include <latch>
#include <set>
#include <thread>

#include "expectations.hpp"
#include "match.hpp"

namespace contactd::scenario {
namespace {

constexpr int additions_max = 8;  // of a walk: so that it comes to an end
constexpr int pages_max = 1'000;

class Runner {
 public:
  Runner(const Scenario& scenario, const StoreKind& kind) : scenario_(scenario), service_(kind) {}

  std::size_t run() {
    for (const Step& step : scenario_.steps) {
      try {
        run_step(step);
      } catch (const std::exception& error) {
        fail(step, step.line, error.what());
      }
    }
    return requests_;
  }

 private:
  void run_step(const Step& step) {
    if (step.kind == Step::Kind::restart) return service_.restart();
    if (step.table.rows.empty()) return run_kind(step, step.line);
    for (const Table::Row& row : step.table.rows) {
      for (std::size_t cell = 0; cell < row.cells.size(); ++cell) {
        memory_.names[step.table.names[cell]] = scenario::expand(row.cells[cell], memory_.names);
      }
      run_kind(step, row.line);
    }
  }

  void run_kind(const Step& step, int line) {
    if (step.kind == Step::Kind::at_once) return run_at_once(step, line);
    if (step.kind == Step::Kind::walk) return walk(step, line);
    for (int n = 1; n <= step.times; ++n) {
      memory_.names["n"] = std::to_string(n);
      Exchange exchange{expand(step.requests.front(), memory_.names), {}};
      exchange.answer = ask(exchange.asked);
      judge(step, exchange, line);
      memory_.exchanges[step.title] = std::move(exchange);
    }
  }

  void judge(const Step& step, const Exchange& exchange, int row_line) {
    std::string wrong;
    int line = row_line;
    const auto complain = [&](const std::string& what) { wrong += "\n  - " + what; };
    for (const Directive& expected : step.expectations) {
      const std::size_t before = wrong.size();
      try {
        check_expectation(expected, exchange, memory_, service_, complain);
      } catch (const std::exception& error) {
        complain(error.what());
      }
      if (before == 0 && !wrong.empty() && step.table.rows.empty()) line = expected.line;
    }
    check_invariants(exchange, complain);
    if (!wrong.empty()) fail(step, line, wrong, &exchange);
  }

  void run_at_once(const Step& step, int line) {
    std::vector<Exchange> exchanges;
    for (int n = 1; n <= step.times; ++n) {
      memory_.names["n"] = std::to_string(n);
      for (const RequestPattern& request : step.requests) exchanges.push_back({expand(request, memory_.names), {}});
    }
    std::latch start(static_cast<std::ptrdiff_t>(exchanges.size()));
    std::vector<std::thread> clients;
    for (Exchange& exchange : exchanges) {
      clients.emplace_back([&] {
        start.arrive_and_wait();
        exchange.answer = service_.ask(exchange.asked);
      });
    }
    for (std::thread& client : clients) client.join();
    requests_ += exchanges.size();
    judge_at_once(step, exchanges, line);
  }

  /// `gives` speaks of all answers together; what else is expected holds of the first that succeeded.
  void judge_at_once(const Step& step, const std::vector<Exchange>& exchanges, int line) {
    std::vector<int> statuses;
    const Exchange* best = &exchanges.front();
    std::string wrong;
    const auto complain = [&](const std::string& what) { wrong += "\n  - " + what; };
    for (const Exchange& exchange : exchanges) {
      statuses.push_back(exchange.answer.status);
      if (exchange.answer.status < best->answer.status) best = &exchange;
      check_invariants(exchange, complain);
    }
    for (const Directive& expected : step.expectations) {
      if (expected.word != "gives") {
        check_expectation(expected, *best, memory_, service_, complain);
      } else if (const auto text = status_complaint(scenario::expand(expected.text, memory_.names), statuses);
                 !text.empty()) {
        complain(text);
      }
    }
    memory_.exchanges[step.title] = *best;
    if (!wrong.empty()) fail(step, line, wrong, best);
  }

  /// The ids of all rows, page by page of a hundred.
  std::set<std::string> all_rows(Asked asked) {
    std::set<std::string> rows;
    asked.target += "&page_size=100&page=";
    for (int page = 1; page < pages_max; ++page) {
      Asked one = asked;
      one.target += std::to_string(page);
      const Answer answer = ask(one);
      if (answer.status != 200 || !answer.json) throw std::runtime_error("a page of the list: " + answer.text());
      for (const auto id : values_at(answer.json->root(), "/results/*/id")) rows.emplace(id.text());
      if (answer.json->root().find("has_next")->text() == "false") break;
    }
    return rows;
  }

  /// Follows `next_cursor` to the end, making the step's other requests between the pages. Every row that was there
  /// before must be seen once, and none twice.
  void walk(const Step& step, int line) {
    const Asked first = expand(step.requests.front(), memory_.names);
    const std::set<std::string> before = all_rows(first);
    std::set<std::string> seen;
    std::string cursor;
    for (int page = 1; page < pages_max; ++page) {
      Exchange exchange{first, {}};
      exchange.asked.target += "&page_size=" + std::to_string(step.page_size);
      if (page > 1) exchange.asked.target += "&cursor=" + cursor;
      exchange.answer = ask(exchange.asked);
      judge(step, exchange, line);
      if (exchange.answer.status != 200) return;
      const std::string wrong = page_complaint(exchange.answer, page, seen);
      if (!wrong.empty()) return fail(step, line, wrong, &exchange);
      const auto next = exchange.answer.json->root().find("next_cursor");
      if (next->is_null()) break;
      cursor = next->text();
      if (page <= additions_max) add_rows(step, page);
    }
    for (const std::string& id : before) {
      if (!seen.contains(id)) fail(step, line, "the walk has not seen " + id);
    }
    if (before.empty()) fail(step, line, "there was nothing to walk through");
  }

  void add_rows(const Step& step, int page) {
    memory_.names["n"] = std::to_string(page);
    for (std::size_t i = 1; i < step.requests.size(); ++i) {
      const Asked asked = expand(step.requests[i], memory_.names);
      const Answer answer = ask(asked);
      if (answer.status >= 300) throw std::runtime_error(asked.as_command() + "\n" + answer.text());
    }
  }

  static std::string page_complaint(const Answer& answer, int page, std::set<std::string>& seen) {
    if (!answer.json) return "the body is no JSON";
    const auto root = answer.json->root();
    const auto is = [&](const char* name, std::string_view text) {
      const auto member = root.find(name);
      return member && as_text(*member) == text;
    };
    if (page > 1 && !(is("current_page", "null") && is("previous_page", "null") && is("next_page", "null"))) {
      return "page numbers are not null behind a cursor";
    }
    if (!is("has_previous", page == 1 ? "false" : "true")) return "has_previous is wrong";
    if (!is("has_next", is("next_cursor", "null") ? "false" : "true")) return "has_next does not fit next_cursor";
    for (const auto id : values_at(root, "/results/*/id")) {
      if (!seen.emplace(id.text()).second) return "a row is seen twice: " + std::string(id.text());
    }
    return "";
  }

  Answer ask(const Asked& asked) {
    ++requests_;
    return service_.ask(asked);
  }

  void fail(const Step& step, int line, const std::string& wrong, const Exchange* exchange = nullptr) const {
    std::string text = "step " + step.title + ": " + wrong;
    if (exchange != nullptr) {
      text += "\nasked:\n" + exchange->asked.as_command() + "\nanswered: " + exchange->answer.text() + "\n";
    }
    ADD_FAILURE_AT(scenario_.path.c_str(), line) << text;
  }

  const Scenario& scenario_;
  Service service_;
  Memory memory_;
  std::size_t requests_ = 0;
};

}  // namespace

std::size_t run(const Scenario& scenario, const StoreKind& kind) {
  return Runner(scenario, kind).run();
}

}  // namespace contactd::scenario
