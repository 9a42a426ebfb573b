// One request on its way through the stages: router, auth, parse, rules, store, write.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "api/application.hpp"
#include "api/call.hpp"
#include "api/routes.hpp"

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
  /// An answer kept under the request's Idempotency-Key, if there is one; else the key is held from here on.
  std::optional<http::Response> replay();
  /// Has the answer kept in the transaction of the write.
  WriteWork keeping_answer(WriteWork work) const;
  /// A list's answer that was kept ready, if it is still right.
  std::optional<http::Response> kept_list();
  /// The stages before the store: an answer at once, if there is one, else `plan`.
  std::optional<http::Response> begin(std::optional<Plan>& plan);
  void run_inline(const Plan& plan);
  /// Hands work to the store's threads. `done` is called there, or at once when the store refuses.
  void run_elsewhere(Plan& plan, std::function<void()> done);

  http::Response conclude();
  http::Response respond(Reply& reply) const;
  http::Response fail(const std::exception_ptr& error) const;
  http::Response finish(http::Response response, std::string_view cache_control = "no-store") const;

  Application& application_;
  http::Request& request_;
  http::Target target_;
  Call call_;
  const Route* route_ = nullptr;
  std::string idempotency_key_;
  std::string digest_;
  RunningKeys::Hold hold_;
  std::uint64_t change_number_ = 0;  ///< Before the store was read.
  Reply reply_;
  std::exception_ptr error_;
};

}  // namespace contactd::api
