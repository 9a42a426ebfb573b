// The stages that the head alone decides, in the order of contract section 1.1: route, token, scope, size and type.
// Overload stands before size and type: it is told as early as it is known.
#include <algorithm>
#include <chrono>

#include "api/conversation.hpp"
#include "api/problem_response.hpp"
#include "auth/authorization.hpp"
#include "auth/verified_tokens.hpp"

namespace contactd::api {

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
  return std::equal(content_type.begin(), content_type.end(), json.begin(), json.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a | 0x20) : a) == b; });
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
      refuse_overload();
    }
    check_size_and_type();
    return std::nullopt;
  } catch (...) {
    return fail(std::current_exception());
  }
}

void Conversation::route() {
  if (request_.method == "OPTIONS" && request_.target == "*") {
    reply_ = Reply{.status = 204, .location = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"};
    return;
  }
  if (target_.verdict == http::Target::Verdict::bad) throw Problem(problem_kind("bad_path"));
  if (target_.verdict == http::Target::Verdict::no_route) refuse_not_found();
  RouteMatch match = match_route(request_.method, target_.segments);
  if (match.path.empty()) refuse_not_found();
  if (request_.method == "OPTIONS") {
    reply_ = Reply{.status = 204, .location = allowed_methods(match.path)};
    return;
  }
  if (match.route == nullptr) {
    Problem problem(problem_kind("method_not_allowed"));
    problem.headers.emplace_back("Allow", allowed_methods(match.path));
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
    auto result = verified_tokens(application_.verifier_).verify(authorization.token, now);
    if (auto* principal = std::get_if<auth::Principal>(&result)) {
      call_.caller.tenant = request_.trace.tenant = std::move(principal->tenant);
      call_.caller.user = request_.trace.user = std::move(principal->user);
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

/// As early as it is known: what cannot be written soon must not cost more than saying so. What was written already and
/// is only repeated under its Idempotency-Key needs no writer.
void Conversation::refuse_overload() {
  const bool writes = *route_->scope != auth::Scope::contacts_read && request_.header_count("idempotency-key") == 0;
  if (writes && application_.store_.refuses_writes()) store::refuse_overload();
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

}  // namespace contactd::api
