// From the route table: path, parameters, body, caller, headers; then, now and then, something that spoils it.
#include "generator.hpp"

#include <algorithm>
#include <numeric>

#include "bodies.hpp"
#include "parameters.hpp"
#include "texts.hpp"

namespace contactd::differential {
namespace {

using api::Route;

constexpr int prepared_steps = 14;
constexpr std::string_view users[] = {"asha.rao", "bala.iyer", "chand.roy"};

/// The table that the id of a path is looked up in, and that a POST adds to.
std::string_view table_of(std::string_view path) {
  if (path.starts_with("/namespaces/")) return "namespaces";
  for (const std::string_view table : {"addresses", "banks", "relations"}) {
    if (path.substr(std::min<std::size_t>(path.size(), 10)).starts_with(table)) return table;
  }
  return "contacts";
}

double weight_of(const Route& route) {
  if (!route.operation.stored) return 0.15;
  if (route.method == "POST") return route.path == "/contacts/" ? 9 : route.path == "/contacts/dedupe/" ? 3 : 5;
  if (route.operation.parameters != nullptr && route.method == "GET")
    return route.path.find('{') == std::string_view::npos ? 8 : 4;
  if (route.method == "DELETE") return 1.2;
  return route.method == "GET" ? 2.5 : 4;
}

const Route& route_of(std::string_view method, std::string_view path) {
  for (const Route& route : api::routes()) {
    if (route.method == method && route.path == path) return route;
  }
  throw std::logic_error("the route table has no " + std::string(method) + " " + std::string(path));
}

void set_header(Step& step, std::string_view name, std::string value) {
  step.request.headers.emplace_back(name, std::move(value));
}

void set_body(Step& step, std::string body) {
  step.request.body = std::move(body);
  step.request.has_body = true;
}

}  // namespace

Generator::Generator(std::uint64_t seed) : dice_(seed) {
  static constexpr double moods[] = {0.2, 1, 1, 1, 4};
  for (const Route& route : api::routes()) weights_.push_back(weight_of(route) * dice_.pick(moods));
}

const Route& Generator::choose_route() {
  const double sum = std::accumulate(weights_.begin(), weights_.end(), 0.0);
  double at = static_cast<double>(dice_.below(1'000'000)) / 1'000'000 * sum;
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    if ((at -= weights_[i]) < 0) return api::routes()[i];
  }
  return api::routes().back();
}

Step Generator::begun(const Route& route) {
  Step step{.number = ++number_, .route = &route};
  step.request.method = route.method;
  step.microseconds = dice_.between(1'000, 5'000);
  if (dice_.chance(0.7)) step.microseconds += dice_.between(1, 50) * 3'600'000'000;
  if (dice_.chance(0.05)) step.microseconds += 366LL * 86'400'000'000;
  return step;
}

void Generator::fill_path(Step& step) {
  static constexpr std::string_view pages[] = {"getting-started", "problems", "nothing"};
  static constexpr std::string_view assets[] = {"site.css", "nothing.js"};
  static constexpr std::string_view problems[] = {"validation", "not_found", "nothing"};
  std::string_view rest = step.route->path;
  while (!rest.empty()) {
    const auto brace = rest.find('{');
    step.path += rest.substr(0, brace);
    if (brace == std::string_view::npos) break;
    const auto end = rest.find('}', brace);
    const std::string_view name = rest.substr(brace, end + 1 - brace);
    rest.remove_prefix(end + 1);
    if (name == "{id}") {
      step.subject = id_of(table_of(step.route->path), dice_, memory_);
      step.path += step.subject;
    } else if (name == "{key}") {
      step.path += percent_encoded(prop_key(dice_), dice_);
    } else if (name == "{page}") {
      step.path += dice_.pick(pages);
    } else if (name == "{name}") {
      step.path += dice_.pick(assets);
    } else if (name == "{code}") {
      step.path += dice_.pick(problems);
    } else {
      throw std::logic_error("nothing is known of " + std::string(name) +
                             ": add it to tests/differential/generator.cpp");
    }
  }
  if (dice_.chance(3)) step.path.pop_back();  // the last slash
}

void Generator::choose_caller(Step& step) {
  static constexpr std::string_view scopes[] = {" [contacts:read]", " [contacts:write]", " [contacts:approve]",
                                                " [namespaces:write contacts:read]", " []"};
  std::string& caller = step.request.caller;
  if (dice_.chance(0.5)) return;
  caller = std::string(dice_.pick(users)) + "@{lender}-" + (memory_.tenant == 0 ? "a" : "b");
  if (dice_.chance(2)) caller += dice_.pick(scopes);
}

void Generator::add_headers(Step& step) {
  static constexpr std::string_view odd_tags[] = {
      "*", R"("1-0")", R"(W/"1-0")", "1", R"("a", "b")", R"("2-0123456789abcdef")", ""};
  const std::string_view method = step.request.method;
  const bool reads = method == "GET" || method == "HEAD";
  if (!reads || !dice_.chance(3)) set_header(step, "X-Request-Id", "r-" + std::to_string(step.number));
  if (step.route->operation.versioned && dice_.chance(reads ? 15 : 25)) {
    const auto& tags = memory_.tags[step.subject];
    std::string tag(dice_.pick(odd_tags));
    if (!tags.empty() && dice_.chance(75)) tag = dice_.chance(70) ? tags.back() : dice_.pick(tags);
    if (dice_.chance(5)) tag = "W/" + tag;
    if (dice_.chance(5)) tag = R"("x", )" + tag;
    set_header(step, reads ? "If-None-Match" : "If-Match", std::move(tag));
  }
  if (method == "POST" && dice_.chance(20)) {
    static constexpr std::string_view odd_keys[] = {"", "{repeat 255 'k'}", "{repeat 256 'k'}", "a b", "é"};
    set_header(step, "Idempotency-Key",
               dice_.chance(95) ? "key-" + std::to_string(step.number) : std::string(dice_.pick(odd_keys)));
    with_keys_.push_back(step);
  }
}

void Generator::spoil(Step& step) {
  static constexpr std::string_view methods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"};
  static constexpr std::string_view paths[] = {"/",
                                               "/contacts//",
                                               "/contacts/../",
                                               "/nothing/",
                                               "/contacts/%2F/",
                                               "/contacts/%zz/",
                                               "/contacts/%FF/",
                                               "/contacts/banks/x/y/"};
  switch (dice_.below(6)) {
    case 0:
      step.request.method = dice_.pick(methods);
      break;
    case 1:
      step.path = dice_.pick(paths);
      break;
    case 2:
      set_body(step, hazardous_body(dice_));
      break;
    case 3:
      set_header(step, "Content-Type", dice_.chance(50) ? "text/plain" : "Application/JSON; charset=utf-8");
      break;
    case 4:
      step.request.left_out.emplace_back("Content-Type");
      break;
    default:
      set_header(step, "Content-Encoding", "gzip");
  }
}

/// The same again under the same key, or something else; also by somebody else, and days later.
std::optional<Step> Generator::repeated() {
  if (with_keys_.empty() || !dice_.chance(4)) return std::nullopt;
  Step step = with_keys_[with_keys_.size() - 1 - dice_.below(std::min<std::size_t>(with_keys_.size(), 5))];
  const std::int64_t microseconds = begun(*step.route).microseconds;
  step.number = number_;
  step.microseconds = dice_.chance(10) ? microseconds + 23 * 3'600'000'000LL : microseconds;
  if (dice_.chance(20) && step.request.has_body) step.request.body = body_for(step.route->operation, dice_, memory_);
  if (dice_.chance(10)) choose_caller(step);
  return step;
}

/// The first steps: what the others need.
std::optional<Step> Generator::prepared() {
  if (number_ >= prepared_steps) return std::nullopt;
  const int place = number_;
  memory_.tenant = place % 3 == 2 ? 1 : 0;
  Step step = begun(route_of("POST", place < 5 ? "/namespaces/" : "/contacts/"));
  step.path = step.route->path;
  step.request.caller = std::string(users[place % 2]) + "@{lender}-" + (memory_.tenant == 0 ? "a" : "b");
  set_header(step, "X-Request-Id", "r-" + std::to_string(step.number));
  set_body(step, body_for(step.route->operation, dice_, memory_));
  static constexpr std::string_view names[] = {"Retail", "Corporate loans", "Retail", "Vayana", "A_b"};
  if (place < 5 && dice_.chance(90)) {
    set_body(step, R"({"name":")" + std::string(names[place]) + R"(","contact_pattern":)" +
                       (dice_.chance(50) ? R"("C{counter}")" : "null") + R"(,"account_pattern":)" +
                       (dice_.chance(50) ? R"("A-{counter:03}")" : "null") + R"(,"approval_policy":)" +
                       (dice_.chance(40) ? R"("four_eyes"})" : R"("open"})"));
  }
  return step;
}

Step Generator::next() {
  if (auto step = prepared()) return *step;
  if (!next_pages_.empty() && dice_.chance(60)) {
    Step step = next_pages_.front();
    next_pages_.pop_front();
    const Step fresh = begun(*step.route);
    step.number = fresh.number;
    step.microseconds = fresh.microseconds;
    if (dice_.chance(2)) memory_.tenant = 1 - memory_.tenant, choose_caller(step);
    return step;
  }
  if (auto step = repeated()) return *step;
  memory_.tenant = dice_.chance(88) ? 0 : 1;
  Step step = begun(choose_route());
  fill_path(step);
  step.parameters = parameters_for(*step.route, dice_, memory_);
  choose_caller(step);
  const bool takes_body = !step.route->operation.body.schema.noun.empty();
  if (takes_body && (step.route->operation.body_required || dice_.chance(60))) {
    set_body(step, body_for(step.route->operation, dice_, memory_));
    if (step.request.method == "PATCH" && dice_.chance(8) && !memory_.bodies.empty())
      set_body(step, dice_.pick(memory_.bodies));
  }
  if (step.request.method == "GET" && dice_.chance(4)) step.request.method = "HEAD";
  add_headers(step);
  if (dice_.chance(2.5)) spoil(step);
  return step;
}

/// Mostly a list is followed to its end; its order, or something else, changes on the way now and then.
void Generator::learn_of_page(const Step& step) {
  const std::string cursor = "{cursor" + std::to_string(step.number) + "}";
  memory_.cursors.push_back(cursor);
  const bool is_later = std::any_of(step.parameters.begin(), step.parameters.end(),
                                    [](const auto& each) { return each.first == "cursor"; });
  if (!dice_.chance(is_later ? 92 : 35)) return;
  Step follow = step;
  std::erase_if(follow.parameters, [&](const auto& each) {
    return each.first == "page" || each.first == "cursor" || (each.first == "page_size" && dice_.chance(10));
  });
  if (dice_.chance(2)) follow.parameters.emplace_back("tags", "vip");
  follow.parameters.emplace_back("cursor", cursor);
  next_pages_.push_back(std::move(follow));
}

void Generator::learn(const Step& step, const scenario::Answer& answer) {
  if (answer.status >= 300 || step.request.caller.empty()) return;
  const std::string number = std::to_string(step.number);
  Estate& estate = memory_.estates[step.request.caller.find("}-a") == std::string::npos ? 1 : 0];
  const std::string_view method = step.request.method;
  std::string subject = step.subject;
  if (method == "POST" && answer.header("Location") && !answer.header("Idempotency-Replayed")) {
    subject = "{id" + number + "}";
    estate.live[std::string(table_of(step.route->path))].push_back(subject);
  }
  if (method == "DELETE" && step.route->path.ends_with("{id}/")) {
    const std::string table(table_of(step.route->path));
    std::erase(estate.live[table], subject);
    estate.gone[table].push_back(subject);
  }
  if (answer.header("ETag")) memory_.tags[subject].push_back("{etag" + number + "}");
  if (!answer.json) return;
  const auto root = answer.json->root();
  if (const auto props = root.find("props"); props && !props->is_empty())
    estate.props.push_back("{prop" + number + "}");
  if (root.find("created_at")) {
    memory_.times.push_back("{at" + number + "}");
    if (method == "GET") memory_.bodies.push_back("{body" + number + "}");
  }
  if (const auto cursor = root.find("next_cursor"); cursor && !cursor->is_null()) learn_of_page(step);
}

}  // namespace contactd::differential
