// One request on its way through the stages: router, auth, parse, rules, store, write.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "api/application.hpp"
#include "api/call.hpp"
#include "api/routes.hpp"
#include "store/engine.hpp"
#include "store/idempotency.hpp"

namespace contactd::api {

class Conversation final : public http::Exchange {
 public:
  Conversation(Application& application, http::Request& request);

  std::optional<http::Response> refused() override;
  boost::asio::awaitable<http::Response> answer() override;
  /// As `answer`, waiting on the calling thread.
  http::Response answer_now();

 private:
  // The stages that the head alone decides; each throws a Problem.
  void route();
  void authenticate();
  void check_scope();
  void refuse_overload();
  void check_size_and_type();

  /// Parse and rules: what is to be done. Throws a Problem.
  Plan prepare();
  /// Whether an answer may be kept under the request's Idempotency-Key, which is then held from here on.
  bool hold_key();
  /// Looks for that answer.
  void look_up(store::Session& session);
  /// It, if there is one.
  std::optional<http::Response> replay();
  /// Has the answer kept in the transaction of the write, or given when another node has kept it meanwhile.
  WriteWork keeping_answer(WriteWork work);
  /// A list's answer that was kept ready, if it is still right.
  std::optional<http::Response> kept_list();
  bool runs_inline(const Plan& plan) const;
  void run_inline(const Plan& plan);
  /// On a store that is not embedded: a list's answer that was kept ready on the calling thread and is still right, or
  /// a new one, which is kept.
  Reply kept_or_made(store::Session& session, const ReadWork& work);
  /// Hands work to the store's threads. `done` is called there, or at once when the store refuses.
  store::ReadLength length_of(const Plan& plan) const;
  void run_elsewhere(Plan& plan, std::function<void()> done);
  void look_up_elsewhere(std::function<void()> done);
  /// Whether the write may have been kept or not, and the Idempotency-Key may tell.
  bool may_tell_outcome() const;

  http::Response conclude();
  http::Response respond(Reply& reply) const;
  http::Response fail(const std::exception_ptr& error);
  http::Response finish(http::Response response, std::string_view cache_control = "no-store") const;

  Application& application_;
  http::Request& request_;
  http::Target target_;
  Call call_;
  const Route* route_ = nullptr;
  std::string idempotency_key_;
  std::string digest_;
  RunningKeys::Hold hold_;
  std::optional<store::KeptAnswer> kept_;
  std::uint64_t change_number_ = 0;  ///< Before the store was read.
  Reply reply_;
  std::exception_ptr error_;
};

}  // namespace contactd::api
