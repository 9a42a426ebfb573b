// Repeating safely: what a request with an Idempotency-Key does besides. Contract section 1.4.
#include <algorithm>

#include "api/conversation.hpp"
#include "api/preconditions.hpp"

namespace contactd::api {

bool Conversation::hold_key() {
  const std::size_t keys = request_.header_count("idempotency-key");
  const bool only_reads = route_->scope == auth::Scope::contacts_read;
  if (request_.method != "POST" || keys == 0 || only_reads) return false;
  const std::string_view key = *request_.header("idempotency-key");
  const bool visible = std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
  if (keys > 1 || key.empty() || key.size() > 255 || !visible) {
    throw Problem(Violations{{"Idempotency-Key", "invalid_format", "must be 1 to 255 visible ASCII characters"}});
  }
  idempotency_key_ = std::string(key);
  digest_ = wide_digest_of(std::string(request_.target) + "\n" + request_.body);
  hold_ = application_.running_keys_.take(request_.trace.tenant + "\n" + request_.trace.user + "\n" + idempotency_key_,
                                          digest_);
  return true;
}

void Conversation::look_up(store::Session& session) {
  kept_ = store::find_kept_answer(session, idempotency_key_);
}

std::optional<http::Response> Conversation::replay() {
  if (!kept_) return std::nullopt;
  if (kept_->digest != digest_) throw Problem(problem_kind("idempotency_mismatch"));
  http::Response response;
  response.status = static_cast<int>(kept_->status);
  response.content_type = "application/json";
  response.body = std::move(kept_->body);
  if (!kept_->location.empty()) response.with("Location", std::move(kept_->location));
  if (!kept_->etag.empty()) response.with("ETag", std::move(kept_->etag));
  response.with("Idempotency-Replayed", "true");
  return finish(std::move(response));
}

WriteWork Conversation::keeping_answer(WriteWork work) {
  return [this, work = std::move(work)](store::WriteSession& session) -> Reply {
    if (session.locks_rows()) {
      store::hold_key(session, idempotency_key_);
      look_up(session);
      if (kept_) return {};
    }
    Reply reply = work(session);
    std::string body = reply.body.is_empty() ? std::string{} : reply.body.take();
    const std::string etag = reply.version > 0 ? entity_tag(reply.version, body) : std::string{};
    store::keep_answer(session, idempotency_key_, {digest_, reply.status, reply.location, etag, body});
    reply.body = std::move(body);
    return reply;
  };
}

void Conversation::look_up_elsewhere(std::function<void()> done) {
  try {
    application_.store_.read_later(
        call_.caller, store::ReadLength::is_short, [this](store::Session& session) { look_up(session); },
        [this, done](std::exception_ptr error) {
          if (error && !error_) error_ = error;
          done();
        });
  } catch (...) {
    if (!error_) error_ = std::current_exception();
    done();
  }
}

bool Conversation::may_tell_outcome() const {
  if (!error_ || idempotency_key_.empty()) return false;
  try {
    std::rethrow_exception(error_);
  } catch (const store::StoreError& error) {
    return error.kind == store::StoreError::Kind::unknown;
  } catch (...) {
    return false;
  }
}

}  // namespace contactd::api
