// Requests as bytes, answers as a client sees them.
#include "client.hpp"

#include <algorithm>
#include <stdexcept>

#include "exchange_log.hpp"
#include "http/head.hpp"
#include "tokens.hpp"

namespace contactd::scenario {
namespace {

bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

bool names_header(const std::vector<std::pair<std::string, std::string>>& headers, std::string_view name) {
  return std::any_of(headers.begin(), headers.end(),
                     [&](const auto& each) { return equals_ignoring_case(each.first, name); });
}

std::string shortened(const std::string& text) {
  constexpr std::size_t shown_max = 3'000;
  if (text.size() <= shown_max) return text;
  return text.substr(0, shown_max) + "… (" + std::to_string(text.size()) + " bytes)";
}

}  // namespace

Asked expand(const RequestPattern& pattern, const Names& names) {
  Asked asked{.method = pattern.method,
              .target = expand(pattern.target, names),
              .caller = expand(pattern.caller, names),
              .body = expand(pattern.body, names),
              .has_body = pattern.has_body};
  for (const auto& [name, value] : pattern.headers) asked.headers.emplace_back(name, expand(value, names));
  const bool untyped =
      std::find(pattern.left_out.begin(), pattern.left_out.end(), "Content-Type") != pattern.left_out.end();
  if (asked.has_body && !untyped && !names_header(asked.headers, "Content-Type")) {
    asked.headers.emplace_back("Content-Type", "application/json");
  }
  return asked;
}

std::string Asked::as_command() const {
  std::string text = "curl -X " + method + " 'http://HOST" + shortened(target) + "'";
  if (!caller.empty()) text += " \\\n  -H 'Authorization: Bearer <" + caller + ">'";
  for (const auto& [name, value] : headers) text += " \\\n  -H '" + name + ": " + value + "'";
  if (has_body) text += " \\\n  --data-binary '" + shortened(body) + "'";
  return text;
}

std::string Asked::as_bytes() const {
  std::string bytes = method + " " + target + " HTTP/1.1\r\nHost: contacts.example\r\n";
  if (!caller.empty()) bytes += "Authorization: Bearer " + token_for(caller, 0) + "\r\n";
  for (const auto& [name, value] : headers) bytes += name + ": " + value + "\r\n";
  if (has_body && !names_header(headers, "Content-Length")) {
    bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  return bytes + "\r\n";
}

std::optional<std::string> Answer::header(std::string_view name) const {
  for (const auto& [each, value] : headers) {
    if (equals_ignoring_case(each, name)) return value;
  }
  return std::nullopt;
}

std::string Answer::text() const {
  std::string text = std::to_string(status) + "\n";
  for (const auto& [name, value] : headers) text += "  " + name + ": " + value + "\n";
  return text + shortened(body);
}

Service::Service(const StoreKind& kind, store::StoreSettings settings)
    : store_(kind.make(std::move(settings))), verifier_(make_verifier()) {
  start();
}

void Service::start() {
  application_ = std::make_unique<api::Application>(api::ApplicationSettings{}, store_->store(), verifier_, log_);
}

void Service::restart(const std::function<void(store::Connection&)>& change) {
  application_.reset();
  store_->reopen(change);
  start();
}

Answer Service::ask(const Asked& asked) {
  const std::string bytes = asked.as_bytes();
  http::Request request;
  const http::Limits limits;
  const http::Head head = http::read_head(bytes, limits, request);
  if (head.verdict == http::Head::Verdict::need_more) throw std::runtime_error("the head is not finished");
  http::Response response;
  if (head.verdict == http::Head::Verdict::refused) {
    response = application_->refuse(head.refusal, request.trace);
  } else {
    request.body = asked.body;
    response = application_->answer_now(request);
  }
  Answer answer{.status = response.status};
  if (!response.content_type.empty()) answer.headers.emplace_back("Content-Type", response.content_type);
  for (auto& [name, value] : response.headers) answer.headers.emplace_back(name, std::move(value));
  if (asked.method != "HEAD") answer.body = std::move(response.body);  // the session sends none on HEAD
  auto parsed = resource::JsonDocument::parse(answer.body);
  if (auto* document = std::get_if<resource::JsonDocument>(&parsed)) answer.json = std::move(*document);
  log_exchange(asked, answer);
  return answer;
}

}  // namespace contactd::scenario
