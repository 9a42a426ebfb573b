// From the text of a scenario file to its steps.
#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "scenario.hpp"

namespace contactd::scenario {

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\n") - from + 1);
}

std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.emplace_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + separator.size());
  }
}

namespace {

const std::set<std::string_view> expectations{"gives", "header",   "json",  "has",  "lacks", "errors",
                                              "size",  "contains", "never", "same", "keep",  "ordered"};

bool is_method(std::string_view word) {
  return word.size() > 2 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

int number_at_front(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// One line of two spaces' indent, with what is indented more below it.
struct Block {
  std::string text;
  std::vector<std::pair<std::string, int>> below;
  int line = 0;
  std::string whole() const {
    std::string all = text;
    for (const auto& [each, number] : below) all += "\n" + each;
    return all;
  }
};

class FileReader {
 public:
  explicit FileReader(const std::string& path) { scenario_.path = path; }

  Scenario read() {
    std::ifstream file(scenario_.path);
    if (!file) refuse("cannot be read");
    for (std::string text; std::getline(file, text);) {
      ++line_;
      take_line(text);
    }
    finish_block();
    for (const Step& step : scenario_.steps) check(step);
    return std::move(scenario_);
  }

 private:
  [[noreturn]] void refuse(const std::string& what, int line = 0) const {
    throw std::runtime_error(scenario_.path + ":" + std::to_string(line == 0 ? line_ : line) + ": " + what);
  }

  void take_line(const std::string& text) {
    const bool blank = trimmed(text).empty();
    if (text.starts_with("    ") && !block_.text.empty()) {
      if (!blank) block_.below.emplace_back(text.substr(4), line_);
      return;
    }
    finish_block();
    if (blank || trimmed(text).starts_with('#')) return;
    if (text.starts_with("step ")) {
      scenario_.steps.push_back({.title = std::string(trimmed(text.substr(5))), .line = line_});
    } else if (text == "restart") {
      scenario_.steps.push_back({.kind = Step::Kind::restart, .title = "restart", .line = line_});
    } else if (text.starts_with("  ") && !scenario_.steps.empty()) {
      block_.text = std::string(trimmed(text));
      block_.line = line_;
    } else {
      refuse("neither a step nor a line of one");
    }
  }

  void finish_block() {
    if (block_.text.empty()) return;
    const Block block = std::exchange(block_, {});
    Step& step = scenario_.steps.back();
    const std::string word = block.text.substr(0, block.text.find(' '));
    const std::string rest(trimmed(std::string_view(block.whole()).substr(word.size())));
    if (is_method(word)) return take_request(step, word, rest, block.line);
    if (expectations.contains(word)) return step.expectations.push_back({word, rest, block.line});
    if (word == "for" && rest.starts_with("each ")) return take_table(step, block);
    if (word == "walk") {
      step.kind = Step::Kind::walk;
      step.page_size = number_at_front(rest);
      return;
    }
    if (word == "at" || rest == "at once") {
      step.kind = Step::Kind::at_once;
      step.times = word == "at" ? 1 : number_at_front(word);
      return;
    }
    if (rest == "times") {
      step.times = number_at_front(word);
      return;
    }
    if (step.requests.empty()) refuse("unknown word, or no request yet: " + word, block.line);
    take_part(step.requests.back(), word, rest, block.line);
  }

  void take_request(Step& step, const std::string& method, std::string_view rest, int line) {
    RequestPattern request{.method = method, .line = line};
    constexpr std::string_view anonymous = " without token";
    if (rest.ends_with(anonymous)) {
      request.target = trimmed(rest.substr(0, rest.size() - anonymous.size()));
    } else {
      const auto as = rest.rfind(" as ");
      if (as == std::string_view::npos) refuse("a request ends in `as user@tenant` or `without token`", line);
      request.target = trimmed(rest.substr(0, as));
      request.caller = trimmed(rest.substr(as + 4));
    }
    step.requests.push_back(std::move(request));
  }

  void take_part(RequestPattern& request, const std::string& word, const std::string& rest, int line) {
    if (word == "body") {
      request.body = rest;
      request.has_body = true;
      return;
    }
    if (word != "with") refuse("unknown word: " + word, line);
    if (rest.starts_with("no ")) {
      request.left_out.emplace_back(trimmed(rest.substr(3)));
      return;
    }
    const auto colon = rest.find(':');
    if (colon == std::string::npos) refuse("a header is `Name: value`", line);
    request.headers.emplace_back(rest.substr(0, colon), trimmed(std::string_view(rest).substr(colon + 1)));
  }

  void take_table(Step& step, const Block& block) {
    step.table.names = split(std::string_view(block.text).substr(9), "|");
    for (const auto& [text, line] : block.below) {
      if (trimmed(text).starts_with('#')) continue;
      Table::Row row{split(text, " | "), line};
      if (row.cells.size() != step.table.names.size()) refuse("the row has not as many cells as its head", line);
      step.table.rows.push_back(std::move(row));
    }
  }

  void check(const Step& step) const {
    if (step.kind == Step::Kind::restart) return;
    if (step.requests.empty()) refuse("the step asks for nothing", step.line);
    const bool many = step.kind == Step::Kind::at_once || step.kind == Step::Kind::walk;
    if (!many && step.requests.size() > 1) refuse("several requests need `at once` or `walk`", step.line);
    if (step.kind != Step::Kind::walk && step.expectations.empty()) refuse("the step expects nothing", step.line);
  }

  Scenario scenario_;
  Block block_;
  int line_ = 0;
};

}  // namespace

Scenario read_scenario(const std::string& path) {
  return FileReader(path).read();
}

}  // namespace contactd::scenario
