// The stages behind the head: what is to be done, where it runs, and the answer.
#include "api/conversation.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <future>

#include "api/kept_lists.hpp"
#include "api/preconditions.hpp"
#include "api/problem_response.hpp"
#include "store/idempotency.hpp"

namespace contactd::api {

namespace asio = boost::asio;

Plan Conversation::prepare() {
  const bool may_have_body = request_.method != "GET" && request_.method != "HEAD";
  if (may_have_body) {
    call_.body = resource::JsonDocument::parse(request_.body.empty() ? std::string_view("{}") : request_.body);
  }
  Plan plan = route_->operation.endpoint(call_);
  if (!idempotency_key_.empty()) {
    if (auto* work = std::get_if<WriteWork>(&plan.work)) *work = keeping_answer(std::move(*work));
  }
  return plan;
}

std::optional<http::Response> Conversation::replay() {
  const std::size_t keys = request_.header_count("idempotency-key");
  const bool only_reads = route_->scope == auth::Scope::contacts_read;
  if (request_.method != "POST" || keys == 0 || only_reads) return std::nullopt;
  const std::string_view key = *request_.header("idempotency-key");
  const bool visible = std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
  if (keys > 1 || key.empty() || key.size() > 255 || !visible) {
    throw Problem(Violations{{"Idempotency-Key", "invalid_format", "must be 1 to 255 visible ASCII characters"}});
  }
  idempotency_key_ = std::string(key);
  digest_ = wide_digest_of(std::string(request_.target) + "\n" + request_.body);
  hold_ = application_.running_keys_.take(request_.trace.tenant + "\n" + request_.trace.user + "\n" + idempotency_key_,
                                          digest_);
  std::optional<store::KeptAnswer> kept;
  application_.store_.read(call_.caller,
                           [&](store::Session& session) { kept = store::find_kept_answer(session, idempotency_key_); });
  if (!kept) return std::nullopt;
  if (kept->digest != digest_) throw Problem(problem_kind("idempotency_mismatch"));
  http::Response response;
  response.status = static_cast<int>(kept->status);
  response.content_type = "application/json";
  response.body = std::move(kept->body);
  if (!kept->location.empty()) response.with("Location", std::move(kept->location));
  if (!kept->etag.empty()) response.with("ETag", std::move(kept->etag));
  response.with("Idempotency-Replayed", "true");
  return finish(std::move(response));
}

WriteWork Conversation::keeping_answer(WriteWork work) const {
  return [this, work = std::move(work)](store::WriteSession& session) {
    Reply reply = work(session);
    std::string body = reply.body.is_empty() ? std::string{} : reply.body.take();
    const std::string etag = reply.version > 0 ? entity_tag(reply.version, body) : std::string{};
    store::keep_answer(session, idempotency_key_, {digest_, reply.status, reply.location, etag, body});
    reply.body = std::move(body);
    return reply;
  };
}

std::optional<http::Response> Conversation::kept_list() {
  const bool may_be_list = request_.method == "GET" && call_.path_values.empty() && route_->scope;
  if (!may_be_list) return std::nullopt;
  change_number_ = application_.store_.change_number(call_.caller.tenant);
  const std::string* body =
      KeptLists::of_thread(application_.store_.serial()).find(call_.caller.tenant, request_.target, change_number_);
  if (body == nullptr) return std::nullopt;
  http::Response response;
  response.content_type = "application/json";
  response.body = *body;
  return finish(std::move(response));
}

void Conversation::run_inline(const Plan& plan) {
  try {
    const auto& work = std::get<ReadWork>(plan.work);
    application_.store_.read(call_.caller, [&](store::Session& session) { reply_ = work(session); });
    if (!plan.keep || request_.method != "GET" || reply_.body.text() == nullptr) return;
    KeptLists::of_thread(application_.store_.serial())
        .keep(call_.caller.tenant, request_.target, change_number_, *reply_.body.text());
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
    error_ = std::current_exception();  // the queue is full
    done();
  }
}

namespace {

bool runs_inline(const Plan& plan) {
  return std::holds_alternative<ReadWork>(plan.work) && !plan.long_read;
}

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

std::optional<http::Response> Conversation::begin(std::optional<Plan>& plan) {
  if (auto kept = kept_list()) return kept;
  if (auto replayed = replay()) return replayed;
  plan = prepare();
  return std::nullopt;
}

asio::awaitable<http::Response> Conversation::answer() {
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  std::optional<Plan> plan;
  try {
    if (request_.method == "OPTIONS") co_return conclude();
    release_snapshot_at_end_of_turn(executor, application_.store_);
    if (auto ready = begin(plan)) co_return std::move(*ready);
  } catch (...) {
    error_ = std::current_exception();
  }
  if (error_) co_return conclude();
  if (auto* reply = std::get_if<Reply>(&plan->work)) {
    reply_ = std::move(*reply);
  } else if (runs_inline(*plan)) {
    run_inline(*plan);
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
    std::optional<Plan> plan;
    if (auto ready = begin(plan)) return std::move(*ready);
    if (auto* reply = std::get_if<Reply>(&plan->work)) {
      reply_ = std::move(*reply);
    } else if (runs_inline(*plan)) {
      run_inline(*plan);
      application_.store_.release_snapshot();
    } else {
      std::promise<void> ended;
      run_elsewhere(*plan, [&] { ended.set_value(); });
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

http::Response Conversation::respond(Reply& reply) const {
  http::Response response;
  response.headers.reserve(reply.headers.size() + 4);  // those that are added here and in `finish`
  response.status = reply.status;
  if (request_.method == "OPTIONS") {
    response.with("Allow", reply.location);
    return finish(std::move(response));
  }
  if (!reply.body.is_empty()) {
    response.content_type = reply.content_type;
    response.body = reply.body.take();
  }
  for (const auto& [name, value] : reply.headers) response.with(name, std::string(value));
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
  return finish(std::move(response), reply.cache_control);
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
  return finish(std::move(response));
}

http::Response Conversation::finish(http::Response response, std::string_view cache_control) const {
  response.with("Cache-Control", std::string(cache_control));
  response.with("X-Request-Id", request_.trace.request_id);
  return response;
}

}  // namespace contactd::api
