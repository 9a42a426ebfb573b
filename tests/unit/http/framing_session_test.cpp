// Every hazard over real sockets: refused, the connection closed, and nothing behind it ever read as a request.
#include <gtest/gtest.h>

#include "support.hpp"

namespace contactd::http::test {
namespace {

/// What must never be begun.
constexpr std::string_view behind = "/behind";

/// Sends `before` (whose answers are awaited when `pipelined` is false), the hazard, and a good request behind it.
void expect_refused(RunningServer& running, const Hazard& hazard, const std::vector<std::string>& before,
                    bool pipelined) {
  Client client(running.port());
  std::string bytes;
  for (const std::string& request : before) {
    if (pipelined) {
      bytes += request;
    } else {
      ASSERT_TRUE(client.send(request));
      ASSERT_EQ(client.receive().value_or(Answer{}).status, 200);
    }
  }
  // Bytes that are refused before their end: the rest may find the connection closed already.
  client.send(bytes + hazard.bytes + get(behind) + get(behind));
  for (std::size_t i = 0; pipelined && i < before.size(); ++i) {
    ASSERT_EQ(client.receive().value_or(Answer{}).status, 200);
  }
  const std::optional<Answer> answer = client.receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, hazard.status) << answer->body;
  EXPECT_TRUE(answer->has("\r\nConnection: close\r\n"));
  client.end_sending();
  EXPECT_TRUE(client.closed()) << client.rest();
}

class FramingHazard : public testing::TestWithParam<Hazard> {};

TEST_P(FramingHazard, IsRefusedAndNothingBehindItIsRead) {
  static RunningServer running;
  const std::size_t begun_before = running.handler().begun().size();
  expect_refused(running, GetParam(), {}, true);
  expect_refused(running, GetParam(), {get("/good")}, false);
  expect_refused(running, GetParam(), {get("/good"), post("/good", "abc")}, true);
  const std::vector<std::string> begun = running.handler().begun();
  std::size_t good = 0;
  for (std::size_t i = begun_before; i < begun.size(); ++i) {
    EXPECT_NE(begun[i], behind);
    good += begun[i] == "/good" ? 1 : 0;
  }
  EXPECT_EQ(good, 3U);
}

INSTANTIATE_TEST_SUITE_P(All, FramingHazard, testing::ValuesIn(hazards()),
                         [](const testing::TestParamInfo<Hazard>& about) { return about.param.name; });

TEST(FramingSession, RefusalsAreLogged) {
  RunningServer running;
  Client client(running.port());
  client.send("NONSENSE\r\n");
  EXPECT_EQ(client.receive().value_or(Answer{}).status, 400);
  client.end_sending();
  EXPECT_TRUE(client.closed());
  running.stop_and_wait();
  EXPECT_EQ(running.handler().log(), std::vector<std::string>{"400  "});
  EXPECT_GT(running.handler().bytes_written(), 0U);
}

TEST(FramingSession, ARequestThatEndsEarlyIsRefused) {
  RunningServer running;
  for (const std::string& bytes :
       {std::string("GET /x HT"), get("/x").substr(0, 27), post("/x", "abc").substr(0, 50)}) {
    Client client(running.port());
    client.send(bytes);
    client.end_sending();
    EXPECT_EQ(client.receive().value_or(Answer{}).status, 400) << bytes;
    EXPECT_TRUE(client.closed());
  }
}

TEST(FramingSession, AHeadRequestsRefusalHasNoBody) {
  RunningServer running;
  Client client(running.port());
  client.send("HEAD /x HTTP/1.1\r\nHost: a b\r\n\r\n");
  EXPECT_EQ(client.receive(true).value_or(Answer{}).status, 400);
  client.end_sending();
  EXPECT_TRUE(client.closed());
}

}  // namespace
}  // namespace contactd::http::test
