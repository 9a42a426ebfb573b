// The stages behind the head: what is to be done, where it runs, and the answer.
#include "api/conversation.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <future>

#include "api/kept_lists.hpp"
#include "api/preconditions.hpp"
#include "api/problem_response.hpp"
#include "store/tenant_changes.hpp"

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

std::optional<http::Response> Conversation::kept_list() {
  const bool may_be_list = request_.method == "GET" && call_.path_values.empty() && route_->scope;
  if (!may_be_list || !application_.store_.is_embedded()) return std::nullopt;
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

Reply Conversation::kept_or_made(store::Session& session, const ReadWork& work) {
  KeptLists& lists = KeptLists::of_thread(application_.store_.serial());
  const std::uint64_t number = store::change_number(session);
  if (const std::string* body = lists.find(call_.caller.tenant, request_.target, number)) return {.body = *body};
  Reply reply = work(session);
  if (const std::string* body = reply.body.text()) lists.keep(call_.caller.tenant, request_.target, number, *body);
  return reply;
}

/// Who asks by another method than GET is about to do something.
store::ReadLength Conversation::length_of(const Plan& plan) const {
  if (!plan.long_read) return store::ReadLength::is_short;
  const bool only_looks = request_.method == "GET" || request_.method == "HEAD";
  return only_looks ? store::ReadLength::is_long : store::ReadLength::is_long_and_decides;
}

void Conversation::run_elsewhere(Plan& plan, std::function<void()> done) {
  const auto ended = [this, done](std::exception_ptr error) {
    if (error) error_ = error;
    done();
  };
  try {
    if (auto* read = std::get_if<ReadWork>(&plan.work)) {
      const bool keeps = plan.keep && request_.method == "GET";
      application_.store_.read_later(
          call_.caller, length_of(plan),
          [this, read, keeps](store::Session& session) {
            reply_ = keeps ? kept_or_made(session, *read) : (*read)(session);
          },
          ended);
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

bool Conversation::runs_inline(const Plan& plan) const {
  return std::holds_alternative<ReadWork>(plan.work) && !plan.long_read && application_.store_.is_embedded();
}

namespace {

/// Gives the thread's snapshot back once everything that is ready on this thread has run.
void release_snapshot_at_end_of_turn(const asio::any_io_executor& executor, store::Store& store) {
  thread_local bool scheduled = false;
  if (scheduled || !store.is_embedded()) return;
  scheduled = true;
  asio::post(executor, [&store] {
    scheduled = false;
    store.release_snapshot();
  });
}

/// Waits for what `start` hands to the store's threads; the request goes on where it came from.
template <class Start>
auto elsewhere(const asio::any_io_executor& executor, Start start) {
  return asio::async_initiate<const asio::use_awaitable_t<>, void()>(
      [executor, start](auto handler) {
        auto resume = std::make_shared<decltype(handler)>(std::move(handler));
        start([executor, resume] { asio::post(executor, [resume] { (*resume)(); }); });
      },
      asio::use_awaitable);
}

/// The same on a thread that has nothing else to do.
template <class Start>
void elsewhere_now(Start start) {
  std::promise<void> ended;
  start([&] { ended.set_value(); });
  ended.get_future().wait();
}

}  // namespace

asio::awaitable<http::Response> Conversation::answer() {
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  const auto look = [this](std::function<void()> done) { look_up_elsewhere(std::move(done)); };
  std::optional<Plan> plan;
  try {
    if (request_.method == "OPTIONS") co_return conclude();
    release_snapshot_at_end_of_turn(executor, application_.store_);
    if (auto ready = kept_list()) co_return std::move(*ready);
    if (hold_key()) {
      if (application_.store_.is_embedded()) {
        application_.store_.read(call_.caller, [this](store::Session& session) { look_up(session); });
      } else {
        co_await elsewhere(executor, look);
        if (error_) co_return conclude();
      }
      if (auto replayed = replay()) co_return std::move(*replayed);
    }
    plan = prepare();
  } catch (...) {
    error_ = std::current_exception();
  }
  if (error_) co_return conclude();
  if (auto* reply = std::get_if<Reply>(&plan->work)) {
    reply_ = std::move(*reply);
  } else if (runs_inline(*plan)) {
    run_inline(*plan);
  } else {
    co_await elsewhere(executor, [this, &plan](std::function<void()> done) { run_elsewhere(*plan, std::move(done)); });
    if (may_tell_outcome()) co_await elsewhere(executor, look);
  }
  co_return conclude();
}

http::Response Conversation::answer_now() {
  const auto look = [this](std::function<void()> done) { look_up_elsewhere(std::move(done)); };
  try {
    if (request_.method == "OPTIONS") return conclude();
    if (auto ready = kept_list()) return std::move(*ready);
    if (hold_key()) {
      application_.store_.read(call_.caller, [this](store::Session& session) { look_up(session); });
      if (auto replayed = replay()) return std::move(*replayed);
    }
    Plan plan = prepare();
    if (auto* reply = std::get_if<Reply>(&plan.work)) {
      reply_ = std::move(*reply);
    } else if (runs_inline(plan)) {
      run_inline(plan);
      application_.store_.release_snapshot();
    } else {
      elsewhere_now([&](std::function<void()> done) { run_elsewhere(plan, std::move(done)); });
      if (may_tell_outcome()) elsewhere_now(look);
    }
  } catch (...) {
    error_ = std::current_exception();
  }
  return conclude();
}

http::Response Conversation::conclude() {
  hold_ = {};
  try {
    if (error_ && !may_tell_outcome()) return fail(error_);
    if (auto replayed = replay()) return std::move(*replayed);
    return error_ ? fail(error_) : respond(reply_);
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

http::Response Conversation::fail(const std::exception_ptr& error) {
  const Problem problem = problem_of(error);
  if (problem.kind->status >= 500) {
    try {
      std::rethrow_exception(error);
    } catch (const std::exception& exception) {
      request_.trace.reason = exception.what();
    } catch (...) {
      request_.trace.reason = "unknown";
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
