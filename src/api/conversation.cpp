// The stages of a request, in the order of contract section 1.1.
#include "api/conversation.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <future>

#include "api/preconditions.hpp"
#include "api/problem_response.hpp"
#include "auth/authorization.hpp"
#include "auth/verified_tokens.hpp"
#include "store/idempotency.hpp"

namespace contactd::api {

namespace asio = boost::asio;

namespace {

std::int64_t system_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

bool is_well_formed_request_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '.' || c == '_' || c == '-';
         });
}

/// The request's own id, or one of ours: unique enough to find a line in a log.
std::string request_id_of(const http::Request& request) {
  const auto sent = request.header("x-request-id");
  if (sent && is_well_formed_request_id(*sent)) return std::string(*sent);
  thread_local StampSource source;
  return source.next().id;
}

/// The media type alone, in lower case, without parameters.
bool is_json(std::string_view content_type) {
  constexpr std::string_view json = "application/json";
  content_type = content_type.substr(0, content_type.find(';'));
  while (content_type.ends_with(' ') || content_type.ends_with('\t')) content_type.remove_suffix(1);
  return std::equal(content_type.begin(), content_type.end(), json.begin(), json.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a | 0x20) : a) == b;
  });
}

/// Verified tokens are remembered by each thread for the verifier that it used last.
auth::VerifiedTokens& verified_tokens(const auth::TokenVerifier& verifier) {
  thread_local const auth::TokenVerifier* owner = nullptr;
  thread_local std::unique_ptr<auth::VerifiedTokens> tokens;
  if (owner != &verifier) {
    tokens = std::make_unique<auth::VerifiedTokens>(verifier);
    owner = &verifier;
  }
  return *tokens;
}

}  // namespace

Conversation::Conversation(Application& application, http::Request& request)
    : application_(application),
      request_(request),
      target_(http::split_target(request.target)),
      call_{.request = request, .target = target_, .application = application, .caller = {}} {
  request_.trace.request_id = request_id_of(request);
  call_.caller.request_id = request_.trace.request_id;
}

std::optional<http::Response> Conversation::refused() {
  try {
    route();
    if (request_.method == "OPTIONS") return std::nullopt;
    if (route_->scope) {
      authenticate();
      check_scope();
    }
    check_size_and_type();
    return std::nullopt;
  } catch (...) {
    return fail(std::current_exception());
  }
}

void Conversation::route() {
  if (target_.verdict == http::Target::Verdict::bad) throw Problem(problem_kind("bad_path"));
  if (target_.verdict == http::Target::Verdict::no_route) refuse_not_found();
  RouteMatch match = match_route(request_.method, target_.segments);
  if (match.allowed.empty()) refuse_not_found();
  if (request_.method == "OPTIONS") {
    reply_ = Reply{.status = 204, .location = match.allowed};
    return;
  }
  if (match.route == nullptr) {
    Problem problem(problem_kind("method_not_allowed"));
    problem.headers.emplace_back("Allow", match.allowed);
    throw problem;
  }
  route_ = match.route;
  request_.trace.route = route_->path;
  call_.path_values = std::move(match.path_values);
}

void Conversation::authenticate() {
  const auto authorization =
      auth::parse_authorization(request_.header("authorization"), request_.header_count("authorization"));
  std::string_view reason;
  if (authorization.kind == auth::Authorization::Kind::token) {
    const std::int64_t now = application_.settings_.now ? application_.settings_.now() : system_seconds();
    const auto result = verified_tokens(application_.verifier_).verify(authorization.token, now);
    if (const auto* principal = std::get_if<auth::Principal>(&result)) {
      call_.caller.tenant = request_.trace.tenant = principal->tenant;
      call_.caller.user = request_.trace.user = principal->user;
      call_.scopes = principal->scopes;
      return;
    }
    reason = auth::token_error_text(std::get<auth::TokenError>(result));
  }
  Problem problem(problem_kind("unauthorized"), std::string(reason));
  problem.headers.emplace_back("WWW-Authenticate", std::string(auth::challenge(authorization.kind)));
  throw problem;
}

void Conversation::check_scope() {
  const auth::Principal granted{.tenant = {}, .user = {}, .scopes = call_.scopes};
  if (granted.may(*route_->scope)) return;
  const std::string name(auth::scope_name(*route_->scope));
  Problem problem(problem_kind("insufficient_scope"), "the scope " + name + " is needed");
  problem.headers.emplace_back("WWW-Authenticate", R"(Bearer error="insufficient_scope", scope=")" + name + "\"");
  throw problem;
}

void Conversation::check_size_and_type() {
  if (!request_.announces_body()) return;
  if (request_.method == "GET" || request_.method == "HEAD" || request_.method == "DELETE") {
    throw Problem(problem_kind("unexpected_body"));
  }
  if (request_.content_length.value_or(0) > application_.settings_.limits.body_bytes_max) {
    throw Problem(problem_kind("body_too_large"));
  }
  if (request_.header_count("content-encoding") > 0 || request_.header_count("content-type") != 1 ||
      !is_json(*request_.header("content-type"))) {
    throw Problem(problem_kind("unsupported_media_type"));
  }
}

Plan Conversation::prepare() {
  call_.body = resource::JsonDocument::parse(request_.body.empty() ? std::string_view("{}") : request_.body);
  Plan plan = route_->endpoint(call_);
  if (!idempotency_key_.empty()) {
    if (auto* work = std::get_if<WriteWork>(&plan.work)) *work = keeping_answer(std::move(*work));
  }
  return plan;
}

std::optional<http::Response> Conversation::replay() {
  const std::size_t keys = request_.header_count("idempotency-key");
  if (request_.method != "POST" || keys == 0) return std::nullopt;
  const std::string_view key = *request_.header("idempotency-key");
  const bool visible = std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
  if (keys > 1 || key.empty() || key.size() > 255 || !visible) {
    throw Problem(Violations{{"Idempotency-Key", "invalid_format", "must be 1 to 255 visible ASCII characters"}});
  }
  idempotency_key_ = std::string(key);
  digest_ = wide_digest_of(std::string(request_.target) + "\n" + request_.body);
  hold_ = application_.running_keys_.take(call_.caller.tenant + "\n" + call_.caller.user + "\n" + idempotency_key_,
                                          digest_);
  std::optional<store::KeptAnswer> kept;
  application_.store_.read(call_.caller, [&](store::Session& session) {
    kept = store::find_kept_answer(session, idempotency_key_);
  });
  if (!kept) return std::nullopt;
  if (kept->digest != digest_) throw Problem(problem_kind("idempotency_mismatch"));
  http::Response response;
  response.status = static_cast<int>(kept->status);
  response.content_type = "application/json";
  response.body = std::move(kept->body);
  if (!kept->location.empty()) response.with("Location", std::move(kept->location));
  if (!kept->etag.empty()) response.with("ETag", std::move(kept->etag));
  response.with("Idempotency-Replayed", "true");
  return finish(response);
}

WriteWork Conversation::keeping_answer(WriteWork work) const {
  return [this, work = std::move(work)](store::WriteSession& session) {
    Reply reply = work(session);
    std::string body = reply.body ? reply.body() : std::string{};
    const std::string etag = reply.version > 0 ? entity_tag(reply.version, body) : std::string{};
    store::keep_answer(session, idempotency_key_, {digest_, reply.status, reply.location, etag, body});
    reply.body = [body = std::move(body)] { return body; };
    return reply;
  };
}

void Conversation::run_inline(const ReadWork& work) {
  try {
    application_.store_.read(call_.caller, [&](store::Session& session) { reply_ = work(session); });
  } catch (...) {
    error_ = std::current_exception();
  }
}

void Conversation::run_elsewhere(Plan& plan, std::function<void()> done) {
  const auto ended = [this, done](std::exception_ptr error) {
    if (error) error_ = error;
    done();
  };
  try {
    if (auto* read = std::get_if<ReadWork>(&plan.work)) {
      application_.store_.read_later(
          call_.caller, [this, read](store::Session& session) { reply_ = (*read)(session); }, ended);
    } else {
      auto& write = std::get<WriteWork>(plan.work);
      application_.store_.write_later(
          {call_.caller, [this, &write](store::WriteSession& session) { reply_ = write(session); }, ended});
    }
  } catch (...) {
    error_ = std::current_exception();   // the queue is full
    done();
  }
}

namespace {

bool runs_inline(const Plan& plan) { return std::holds_alternative<ReadWork>(plan.work) && !plan.long_read; }

/// Gives the thread's snapshot back once everything that is ready on this thread has run.
void release_snapshot_at_end_of_turn(const asio::any_io_executor& executor, store::Store& store) {
  thread_local bool scheduled = false;
  if (scheduled) return;
  scheduled = true;
  asio::post(executor, [&store] {
    scheduled = false;
    store.release_snapshot();
  });
}

}  // namespace

asio::awaitable<http::Response> Conversation::answer() {
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  std::optional<Plan> plan;
  try {
    if (request_.method == "OPTIONS") co_return conclude();
    release_snapshot_at_end_of_turn(executor, application_.store_);
    if (auto replayed = replay()) co_return std::move(*replayed);
    plan = prepare();
  } catch (...) {
    error_ = std::current_exception();
  }
  if (error_) co_return conclude();
  if (auto* reply = std::get_if<Reply>(&plan->work)) {
    reply_ = std::move(*reply);
  } else if (runs_inline(*plan)) {
    run_inline(std::get<ReadWork>(plan->work));
  } else {
    // The one place where a request waits for the store's own threads; it goes on where it came from.
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(
        [&](auto handler) {
          auto resume = std::make_shared<decltype(handler)>(std::move(handler));
          run_elsewhere(*plan, [executor, resume] { asio::post(executor, [resume] { (*resume)(); }); });
        },
        asio::use_awaitable);
  }
  co_return conclude();
}

http::Response Conversation::answer_now() {
  try {
    if (request_.method == "OPTIONS") return conclude();
    if (auto replayed = replay()) return std::move(*replayed);
    Plan plan = prepare();
    if (auto* reply = std::get_if<Reply>(&plan.work)) {
      reply_ = std::move(*reply);
    } else if (runs_inline(plan)) {
      run_inline(std::get<ReadWork>(plan.work));
      application_.store_.release_snapshot();
    } else {
      std::promise<void> ended;
      run_elsewhere(plan, [&] { ended.set_value(); });
      ended.get_future().wait();
    }
  } catch (...) {
    error_ = std::current_exception();
  }
  return conclude();
}

http::Response Conversation::conclude() {
  hold_ = {};
  if (error_) return fail(error_);
  try {
    return respond(reply_);
  } catch (...) {
    return fail(std::current_exception());
  }
}

http::Response Conversation::respond(const Reply& reply) const {
  http::Response response;
  response.status = reply.status;
  if (request_.method == "OPTIONS") {
    response.with("Allow", reply.location);
    return finish(response);
  }
  if (reply.body) {
    response.content_type = "application/json";
    response.body = reply.body();
  }
  if (!reply.location.empty()) response.with("Location", reply.location);
  if (reply.version > 0) {
    std::string tag = entity_tag(reply.version, response.body);
    if ((request_.method == "GET" || request_.method == "HEAD") && is_not_modified(request_, tag)) {
      response.status = 304;
      response.content_type = {};
      response.body.clear();
    }
    response.with("ETag", std::move(tag));
  }
  return finish(response);
}

http::Response Conversation::fail(const std::exception_ptr& error) const {
  const Problem problem = problem_of(error);
  if (problem.kind->status >= 500) {
    try {
      std::rethrow_exception(error);
    } catch (const std::exception& exception) {
      application_.report_failure(request_.trace, exception.what());
    } catch (...) {
      application_.report_failure(request_.trace, "unknown");
    }
  }
  http::Response response = problem_response(problem, request_.trace.request_id);
  return finish(response);
}

http::Response& Conversation::finish(http::Response& response) const {
  response.with("Cache-Control", "no-store");
  response.with("X-Request-Id", request_.trace.request_id);
  return response;
}

}  // namespace contactd::api
