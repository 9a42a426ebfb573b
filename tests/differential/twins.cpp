// Opening both with the same secret, time and chance, and comparing whole answers.
#include "twins.hpp"

#include <algorithm>
#include <stdexcept>

#include "match.hpp"

namespace contactd::differential {
namespace {

using scenario::Answer;
using scenario::Service;

constexpr std::int64_t day = 86'400'000'000;
constexpr std::string_view secret_change =
    "UPDATE secrets SET value = 'abababababababababababababababababababababababababababababababab' WHERE name = "
    "'cursor'";

const scenario::StoreKind& kind_called(std::string_view name) {
  for (const auto& kind : scenario::store_kinds()) {
    if (kind.name == name) return kind;
  }
  throw std::runtime_error("there is no store of the kind " + std::string(name) +
                           " here: run this under tests/postgres/with_cluster.py");
}

std::unique_ptr<Service> make_service(std::string_view kind, store::StoreSettings settings) {
  auto service = std::make_unique<Service>(kind_called(kind), std::move(settings));
  service->restart([](store::Connection& connection) {
    connection.begin_write();
    connection.run(secret_change);
    connection.commit();
  });
  return service;
}

/// Without the request id that the service made itself, where none was sent.
std::string masked(std::string text, const Answer& answer, const scenario::Asked& asked) {
  const auto given = answer.header("X-Request-Id");
  if (!given) return text;
  for (const auto& [name, value] : asked.headers) {
    if (name == "X-Request-Id" && value == *given) return text;
  }
  for (auto at = text.find(*given); at != std::string::npos; at = text.find(*given, at)) {
    text.replace(at, given->size(), "<request id>");
  }
  return text;
}

std::string head_of(const Answer& answer) {
  std::string text = std::to_string(answer.status);
  for (const auto& [name, value] : answer.headers) text += "\n" + name + ": " + value;
  return text;
}

/// Some text on either side of the first byte that differs.
std::string first_differing(std::string_view what, const std::string& sqlite, const std::string& postgres) {
  constexpr std::size_t before = 120, shown = 400;
  const auto at = static_cast<std::size_t>(
      std::mismatch(sqlite.begin(), sqlite.end(), postgres.begin(), postgres.end()).first - sqlite.begin());
  const std::size_t from = at > before ? at - before : 0;
  return std::string(what) + " differs at byte " + std::to_string(at) + "\n  sqlite:   …" + sqlite.substr(from, shown) +
         "\n  postgres: …" + postgres.substr(from, shown);
}

std::string text_at(const Answer& answer, std::string_view pointer) {
  if (!answer.json) return {};
  const auto values = scenario::values_at(answer.json->root(), pointer);
  if (values.empty() || values.front().kind() != resource::JsonKind::string) return {};
  return std::string(values.front().text());
}

std::string kept(std::string_view kind, const Answer& answer) {
  if (kind == "id") return text_at(answer, "/id");
  if (kind == "at") return text_at(answer, "/created_at");
  if (kind == "cursor") return text_at(answer, "/next_cursor");
  if (kind == "etag") return answer.header("ETag").value_or("");
  if (kind == "body") return answer.status < 300 ? answer.body : "";
  const std::string first = text_at(answer, "/props/0");
  return first.empty() ? text_at(answer, "/0/id") : first;
}

std::string_view not_there(std::string_view kind) {
  if (kind == "id" || kind == "prop") return "01JQ8RRBB2XRSVTCG11Y6JKCKH";
  if (kind == "at") return "2030-01-01T00:00:00.000001Z";
  if (kind == "etag") return R"("1-0")";
  return kind == "body" ? "{}" : "";
}

}  // namespace

std::optional<std::string> difference(const Answers& answers) {
  const auto& [asked, sqlite, postgres] = answers;
  const std::string heads[] = {masked(head_of(sqlite), sqlite, asked), masked(head_of(postgres), postgres, asked)};
  if (heads[0] != heads[1])
    return first_differing("the head", heads[0], heads[1]) + "\n" + sqlite.body + "\n" + postgres.body;
  const std::string bodies[] = {masked(sqlite.body, sqlite, asked), masked(postgres.body, postgres, asked)};
  if (bodies[0] != bodies[1]) return first_differing("the body", bodies[0], bodies[1]);
  if (sqlite.status >= 500) return "both failed:\n" + sqlite.text();
  return std::nullopt;
}

Twins::Twins(Wrap wrap_sqlite) {
  store::StoreSettings settings;
  settings.stamps = clock_.source(1);
  // One writes and one reads: the ids that a writer makes follow from those that it made before.
  settings.postgres.emplace().connections = 2;
  postgres_ = make_service("postgres", settings);
  settings.postgres.reset();
  settings.sqlite.synchronous = false;
  settings.stamps = clock_.source(0);
  settings.wrap = std::move(wrap_sqlite);
  sqlite_ = make_service("sqlite", std::move(settings));
}

Names Twins::begin(int steps) {
  // Every sequence begins with a day of its own, so that it meets the same times of day whenever it is played.
  clock_.advance(2 * day - clock_.now().microseconds % day);
  Names names{{"lender", "lender-" + std::to_string(1'000'000 + ++sequences_)}};
  for (const auto& [name, days] : {std::pair{"day_before", -1}, {"day", 0}, {"day_after", 1}}) {
    names[name] = format_time(Time{clock_.now().microseconds + days * day}).substr(0, 10);
  }
  for (int number = 1; number <= steps; ++number) {
    for (const std::string_view kind : kept_kinds) names[std::string(kind) + std::to_string(number)] = not_there(kind);
  }
  return names;
}

Answers Twins::play(const Step& step, Names& names) {
  scenario::RequestPattern pattern = step.request;
  pattern.target = step.target();
  clock_.advance(step.microseconds);
  Answers answers{scenario::expand(pattern, names), {}, {}};
  answers.sqlite = sqlite_->ask(answers.asked);
  answers.postgres = postgres_->ask(answers.asked);
  for (const std::string_view kind : kept_kinds) {
    std::string text = kept(kind, answers.sqlite);
    if (!text.empty()) names[std::string(kind) + std::to_string(step.number)] = std::move(text);
  }
  return answers;
}

std::optional<std::size_t> Twins::first_difference(const Steps& steps, int steps_max) {
  Names names = begin(steps_max);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (difference(play(steps[i], names))) return i;
  }
  return std::nullopt;
}

}  // namespace contactd::differential
