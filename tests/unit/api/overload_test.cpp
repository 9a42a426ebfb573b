// A writer that has no room says so as soon as the request's head is known, and reads go on.
#include <gtest/gtest.h>

#include <future>

#include "support.hpp"

namespace contactd::api {
namespace {

TEST(Overload, WritesAreRefusedAtTheirHeadsAndReadsGoOn) {
  TemporaryFolder folder;
  TestService service({.sqlite = {.path = folder.file("full.db"), .synchronous = false},
                       .postgres = {},
                       .writer = {.group_requests_max = 1, .queue_requests_max = 1, .on_lost = nullptr},
                       .stamps = StampSource()});
  const std::string token = TestService::token("lender-one");
  const Ask create{"POST", "/namespaces/", R"({"name":"Open"})"};

  // One write runs until it is let go, another waits behind it: the queue is full.
  const store::Caller caller{"lender-one", "maker-one", "test"};
  std::promise<void> go, running;
  auto gone = go.get_future().share();
  std::atomic<int> ended{0};
  service.store().write_later({caller,
                               [&](store::WriteSession&) {
                                 running.set_value();
                                 gone.wait();
                               },
                               [&](std::exception_ptr) { ++ended; }});
  running.get_future().wait();
  service.store().write_later({caller, [](store::WriteSession&) {}, [&](std::exception_ptr) { ++ended; }});
  ASSERT_TRUE(service.store().refuses_writes());

  http::Request head;
  head.method = "POST";
  head.target = "/contacts/";
  const std::string authorization = "Bearer " + token;
  head.headers = {{"Authorization", authorization}, {"Content-Type", "application/json"}};
  head.content_length = 1'000;  // none of which has arrived
  const auto refused = service.application().begin(head)->refused();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 503);
  EXPECT_EQ(member(refused->body, "code"), "overloaded");
  EXPECT_NE(std::find(refused->headers.begin(), refused->headers.end(),
                      std::pair<std::string_view, std::string>("Retry-After", "1")),
            refused->headers.end());
  EXPECT_EQ(service.ask(token, create).status, 503);
  EXPECT_EQ(service.ask("", create).status, 401);  // who may not ask is not told how much there is to do
  EXPECT_EQ(service.ask(token, {"GET", "/namespaces/"}).status, 200);
  EXPECT_EQ(service.ask(token, {"POST", "/contacts/dedupe/", R"({"name":"Asha"})"}).status, 200);

  go.set_value();
  while (ended < 2) std::this_thread::yield();
  EXPECT_EQ(service.ask(token, create).status, 201);
}

}  // namespace
}  // namespace contactd::api
