// The words that a step may use for what it expects.
#include "expectations.hpp"

#include <algorithm>
#include <charconv>

#include "match.hpp"

namespace contactd::scenario {

using resource::JsonDocument;
using resource::JsonValue;

namespace {

using Complain = std::function<void(const std::string&)>;

constexpr std::string_view unknown_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

JsonDocument expected_json(const std::string& text) {
  auto parsed = JsonDocument::parse(text);
  if (auto* document = std::get_if<JsonDocument>(&parsed)) return std::move(*document);
  throw std::runtime_error("the expected JSON is none: " + text);
}

void check_gives(const std::string& expected, const Answer& answer, const Complain& complain) {
  const auto space = expected.find(' ');
  const std::string status = expected.substr(0, space);
  if (status != std::to_string(answer.status)) complain("status " + std::to_string(answer.status) + ", not " + status);
  if (space == std::string::npos) return;
  const auto code = answer.json ? answer.json->root().find("code") : std::nullopt;
  const std::string actual(code ? code->text() : "");
  if (actual != expected.substr(space + 1)) complain("problem \"" + actual + "\", not " + expected.substr(space + 1));
}

void check_header(const std::string& expected, const Answer& answer, const Complain& complain) {
  const auto space = expected.find(' ');
  const std::string name = expected.substr(0, space);
  const std::string rest = space == std::string::npos ? std::string{} : expected.substr(space + 1);
  const auto value = answer.header(name);
  if (rest == "absent") {
    if (value) complain("header " + name + " is there: " + *value);
  } else if (!value) {
    complain("header " + name + " is absent");
  } else if (rest.starts_with("is not ")) {
    if (text_matches(rest.substr(7), *value)) complain("header " + name + " is " + *value);
  } else if (rest.starts_with("is ")) {
    if (!text_matches(rest.substr(3), *value)) complain("header " + name + " is " + *value + ", not " + rest.substr(3));
  } else {
    throw std::runtime_error("a header `is <text>` or is `absent`: " + expected);
  }
}

/// `<pointer> = <json>`; a pointer with `*` gathers an array.
void check_has(const std::string& expected, const Answer& answer, const Complain& complain) {
  const auto equals = expected.find(" = ");
  const std::string pointer = expected.substr(0, equals);
  if (!answer.json) return complain("the body is no JSON");
  const auto found = values_at(answer.json->root(), pointer);
  if (equals == std::string::npos) {
    if (found.empty()) complain(pointer + " is missing");
    return;
  }
  const JsonDocument wanted = expected_json(expected.substr(equals + 3));
  if (pointer.find('*') == std::string::npos) {
    if (found.empty()) return complain(pointer + " is missing");
    if (const auto different = difference(wanted.root(), found.front(), pointer)) complain(*different);
    return;
  }
  std::string gathered = "[";
  for (const JsonValue value : found) gathered += (gathered.size() > 1 ? "," : "") + as_text(value);
  const JsonDocument actual = expected_json(gathered + "]");
  if (const auto different = difference(wanted.root(), actual.root(), pointer)) complain(*different);
}

/// `<field> <code>, <field> <code>`: exactly these, in any order. A field without a name is the body.
void check_errors(const std::string& expected, const Answer& answer, const Complain& complain) {
  check_gives("400 validation", answer, complain);
  const std::vector<std::string> wanted = split(expected, ", ");
  std::vector<std::string> found;
  if (answer.json) {
    for (const JsonValue error : values_at(answer.json->root(), "/errors/*")) {
      const std::string field(error.find("field") ? error.find("field")->text() : "");
      found.push_back((field.empty() ? "body" : field) + " " +
                      std::string(error.find("code") ? error.find("code")->text() : ""));
    }
  }
  std::vector<std::string> left = found;
  bool all_found = true;
  for (const std::string& each : wanted) {
    const auto match = std::find_if(left.begin(), left.end(), [&](const auto& one) { return text_matches(each, one); });
    all_found = all_found && match != left.end();
    if (match != left.end()) left.erase(match);
  }
  if (all_found && left.empty()) return;
  std::string actual;
  for (const std::string& each : found) actual += (actual.empty() ? "" : ", ") + each;
  complain("errors are: " + (actual.empty() ? "none" : actual) + "; not: " + expected);
}

void check_size(const std::string& expected, const Answer& answer, const Complain& complain) {
  const auto equals = expected.find(" = ");
  const std::string pointer = equals == std::string::npos ? std::string{} : expected.substr(0, equals);
  if (!answer.json) return complain("the body is no JSON");
  const std::size_t size = values_at(answer.json->root(), pointer == "/" ? "/*" : pointer + "/*").size();
  if (std::to_string(size) != expected.substr(equals + 3))
    complain(pointer + " has " + std::to_string(size) + " items");
}

/// `<name> from <pointer>`, `<name> from header <Name>`, `<name> from body`, each with ` like …<this>…` behind it.
void keep(const std::string& wish, const Answer& answer, Names& names, const Complain& complain) {
  const auto from = wish.find(" from ");
  if (from == std::string::npos) throw std::runtime_error("keep <name> from <where>: " + wish);
  const auto like = wish.find(" like ");
  const std::string name = wish.substr(0, from);
  const std::string source = wish.substr(from + 6, like == std::string::npos ? like : like - from - 6);
  std::string value;
  if (source.starts_with("header ")) {
    value = answer.header(source.substr(7)).value_or("");
  } else if (source == "body") {
    value = answer.body;
  } else if (answer.json) {
    const auto found = values_at(answer.json->root(), source);
    if (!found.empty()) {
      value = found.front().kind() == resource::JsonKind::string ? std::string(found.front().text())
                                                                 : as_text(found.front());
    }
  }
  if (like != std::string::npos) {
    const std::string pattern = wish.substr(like + 6);
    const auto here = pattern.find("<this>");
    const std::string behind = pattern.substr(here + 6, 1);
    value.erase(0, here);
    if (!behind.empty()) value.erase(std::min(value.find(behind), value.size()));
  }
  if (value.empty()) complain("there is nothing to keep at " + source);
  names[name] = value;
}

/// Asks again with every ULID of the path replaced by one that was never given out: the answer must be the same.
void check_as_unknown(const Exchange& exchange, Service& service, const Complain& complain) {
  Asked again = exchange.asked;
  const std::size_t path_size = std::min(again.target.find('?'), again.target.size());
  bool replaced = false;
  for (std::size_t at = 0; at + 26 <= path_size; ++at) {
    if (!text_matches("<id>", again.target.substr(at, 26))) continue;
    again.target.replace(at, 26, unknown_id);
    replaced = true;
  }
  if (!replaced) throw std::runtime_error("the path holds no id");
  check_gives("404 not_found", exchange.answer, complain);
  const std::string different = answer_difference(service.ask(again), exchange.answer);
  if (!different.empty()) complain("not the answer for an unknown id: " + different);
}

/// `as <title>`: the same answer; `body as <title>`: the same body and tag, whatever the status.
void check_same(const std::string& text, Answer answer, const Memory& memory, const Complain& complain) {
  const bool body_alone = text.starts_with("body as ");
  const std::string title = text.substr(body_alone ? 8 : std::min<std::size_t>(3, text.size()));
  const auto other = memory.exchanges.find(title);
  if (other == memory.exchanges.end()) throw std::runtime_error("no earlier step has this title: " + title);
  Answer expected = other->second.answer;
  if (body_alone) {
    expected.status = answer.status = 0;
    for (Answer* each : {&expected, &answer}) {
      std::erase_if(each->headers, [](const auto& field) { return field.first == "Location"; });
    }
  }
  const std::string different = answer_difference(expected, answer);
  if (!different.empty()) complain("not the same answer: " + different);
}

}  // namespace

void check_expectation(const Directive& expected, const Exchange& exchange, Memory& memory, Service& service,
                       const Complain& complain) {
  const Answer& answer = exchange.answer;
  const std::string text = expand(expected.text, memory.names);
  if (expected.word == "gives") {
    check_gives(text, answer, complain);
  } else if (expected.word == "header") {
    check_header(text, answer, complain);
  } else if (expected.word == "json") {
    if (!answer.json) return complain("the body is no JSON");
    const JsonDocument wanted = expected_json(text);
    if (const auto different = difference(wanted.root(), answer.json->root())) complain(*different);
  } else if (expected.word == "has") {
    check_has(text, answer, complain);
  } else if (expected.word == "lacks") {
    if (answer.json && !values_at(answer.json->root(), text).empty()) complain(text + " is there");
  } else if (expected.word == "errors") {
    check_errors(text, answer, complain);
  } else if (expected.word == "size") {
    check_size(text, answer, complain);
  } else if (expected.word == "contains") {
    if (answer.body.find(text) == std::string::npos) complain("the body does not contain " + text);
  } else if (expected.word == "never") {
    const std::string unwanted = text.substr(std::min(text.find(' ') + 1, text.size()));
    if (answer.text().find(unwanted) != std::string::npos) complain("the answer contains " + unwanted);
  } else if (expected.word == "keep") {
    keep(text, answer, memory.names, complain);
  } else if (expected.word == "ordered") {
    if (!answer.json) return complain("the body is no JSON");
    const std::string wrong = order_complaint(values_at(answer.json->root(), "/results/*"), text.substr(3));
    if (!wrong.empty()) complain(wrong);
  } else if (text == "for an unknown id") {
    check_as_unknown(exchange, service, complain);
  } else {
    check_same(text, answer, memory, complain);
  }
}

}  // namespace contactd::scenario
