// The application's door: it makes conversations, answers for bytes that are no request, and writes the log line.
#include "api/application.hpp"

#include "api/conversation.hpp"
#include "api/problem_response.hpp"
#include "base/ulid.hpp"
#include "resource/json_write.hpp"

namespace contactd::api {
namespace {

std::string bytes_of_hex(std::string_view hex) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(digit(hex[i]) << 4 | digit(hex[i + 1]));
  }
  return bytes;
}

/// A method is whatever token the client sent; only those that exist may stand in the log.
std::string_view known_method(std::string_view method) {
  for (const std::string_view known : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", ""}) {
    if (known == method) return method;
  }
  return "other";
}

Time now_microseconds() {
  using namespace std::chrono;
  return Time{duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace

Application::Application(ApplicationSettings settings, store::Store& store, const auth::TokenVerifier& verifier,
                         Log& log, Observer observer)
    : settings_(std::move(settings)),
      store_(store),
      verifier_(verifier),
      log_(log),
      observer_(std::move(observer)),
      cursors_(bytes_of_hex(store.cursor_secret())) {}

Application::~Application() = default;

std::unique_ptr<http::Exchange> Application::begin(http::Request& request) {
  return std::make_unique<Conversation>(*this, request);
}

http::Response Application::answer_now(http::Request& request) {
  Conversation conversation(*this, request);
  auto refused = conversation.refused();
  return refused ? std::move(*refused) : conversation.answer_now();
}

http::Response Application::refuse(const http::Refusal& refusal, http::Trace& trace) {
  if (trace.request_id.empty()) {
    thread_local StampSource source;
    trace.request_id = source.next().id;
  }
  const Problem problem(problem_kind_at_run_time(refusal.code), std::string(refusal.detail));
  http::Response response = problem_response(problem, trace.request_id);
  response.with("Cache-Control", "no-store");
  response.with("X-Request-Id", trace.request_id);
  return response;
}

void Application::finished(const http::Request& request, const http::Response& response, std::size_t bytes_written) {
  const auto elapsed = std::chrono::steady_clock::now() - request.trace.started_at;
  std::string line;
  line.reserve(320);
  {
    resource::JsonObject object(line);
    object.text("time", format_time(now_microseconds()));
    // 501 and 505 speak of what the client sent.
    const bool is_ours = response.status >= 500 && response.status != 501 && response.status != 505;
    object.text("level", is_ours ? "error" : "info");
    object.text("request_id", request.trace.request_id);
    object.text("method", known_method(request.method));
    object.text("route", request.trace.route);
    object.integer("status", response.status);
    object.integer("microseconds", std::chrono::duration_cast<std::chrono::microseconds>(elapsed).count());
    object.integer("bytes", static_cast<std::int64_t>(bytes_written));
    object.text("tenant", request.trace.tenant);
    object.text("user", request.trace.user);
    if (!request.trace.reason.empty()) object.text("reason", request.trace.reason);
  }
  log_.line(line);
  if (observer_) {
    observer_(request.trace.route, known_method(request.method), response.status,
              std::chrono::duration<double>(elapsed).count());
  }
}

}  // namespace contactd::api
