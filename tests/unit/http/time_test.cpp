// Deadlines, the number of connections, and stopping. Upper bounds are generous: machines are busy.
#include <gtest/gtest.h>

#include <system_error>

#include "support.hpp"

namespace contactd::http::test {
namespace {

using std::chrono::steady_clock;

Limits short_limits() {
  Limits limits;
  limits.head_seconds_max = limits.body_seconds_max = limits.idle_seconds_max = limits.write_seconds_max = 1;
  return limits;
}

double seconds_since(steady_clock::time_point start) {
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

TEST(Time, ASlowHeadIsAnswered408) {
  RunningServer running(short_limits());
  Client client(running.port());
  const auto start = steady_clock::now();
  ASSERT_TRUE(client.send(get("/a") + "GET /slo"));
  EXPECT_EQ(client.receive().value_or(Answer{}).status, 200);
  const Answer answer = client.receive().value_or(Answer{});
  EXPECT_EQ(answer.status, 408);
  EXPECT_TRUE(answer.has("\r\nConnection: close\r\n"));
  client.end_sending();
  EXPECT_TRUE(client.closed());
  EXPECT_GE(seconds_since(start), 0.9);
  EXPECT_EQ(running.handler().refusals().at(0).code, "request_timeout");
}

TEST(Time, TricklingDoesNotHelp) {
  RunningServer running(short_limits());
  Client client(running.port());
  const auto start = steady_clock::now();
  client.send("GET / HTTP/1.1\r\nX: ");
  while (seconds_since(start) < 15 && client.send("x")) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_LT(seconds_since(start), 15);
}

TEST(Time, ASlowBodyIsAnswered408) {
  RunningServer running(short_limits());
  for (const std::string& bytes :
       {post("/a", "abc").substr(0, post("/a", "abc").size() - 1),
        std::string("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na")}) {
    Client client(running.port());
    client.send(bytes);
    EXPECT_EQ(client.receive().value_or(Answer{}).status, 408);
    client.end_sending();
    EXPECT_TRUE(client.closed());
  }
  EXPECT_TRUE(eventually([&] { return running.handler().log().size() == 2; }));
  EXPECT_EQ(running.handler().log()[0], "408 POST /a");
}

TEST(Time, ABodyThatIsDroppedHasADeadlineToo) {
  RunningServer running(short_limits());
  Client client(running.port());
  client.send("POST /refused HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.receive().value_or(Answer{}).status, 401);
  EXPECT_TRUE(client.closed());
}

TEST(Time, IdleConnectionsAreClosedWithoutAWord) {
  RunningServer running(short_limits());
  Client fresh(running.port());
  Client used(running.port());
  used.send(get("/a") + "\r\n");  // An empty line begins no request.
  EXPECT_EQ(used.receive().value_or(Answer{}).status, 200);
  EXPECT_TRUE(fresh.closed());
  EXPECT_TRUE(used.closed());
  EXPECT_TRUE(running.handler().refusals().empty());
  EXPECT_TRUE(eventually([&] { return running.server().connections() == 0; }));
}

TEST(Time, AClientThatDoesNotReadIsLeft) {
  RunningServer running(short_limits());
  Client client(running.port(), 4096);
  client.send(get("/big") + get("/behind"));
  EXPECT_TRUE(eventually([&] { return running.server().connections() == 0; }));
  EXPECT_TRUE(eventually([&] { return running.handler().log().size() == 1; }));
  EXPECT_LT(running.handler().bytes_written(), 32U * 1024 * 1024);
  EXPECT_EQ(running.handler().begun().size(), 1U);
}

TEST(Time, ASlowAnswerHasNoDeadline) {
  Limits limits = short_limits();
  limits.head_seconds_max = limits.body_seconds_max = limits.idle_seconds_max = 0;
  RunningServer running(limits);
  Client client(running.port());
  client.send(get("/slow"));
  EXPECT_EQ(client.receive().value_or(Answer{}).status, 200);
}

TEST(Connections, OnlySoManyAtOnce) {
  Limits limits;
  limits.connections_max = 2;
  RunningServer running(limits);
  {
    Client first(running.port());
    Client second(running.port());
    for (Client* client : {&first, &second}) {
      client->send(get("/a"));
      EXPECT_EQ(client->receive().value_or(Answer{}).status, 200);
    }
    EXPECT_EQ(running.server().connections(), 2U);
    Client third(running.port());
    EXPECT_TRUE(third.closed());
    first.send(get("/a"));
    EXPECT_EQ(first.receive().value_or(Answer{}).status, 200);
  }
  EXPECT_TRUE(eventually([&] { return running.server().connections() == 0; }));
  Client next(running.port());
  next.send(get("/a"));
  EXPECT_EQ(next.receive().value_or(Answer{}).status, 200);
}

TEST(Stop, RunningRequestsAreAnsweredAndIdleOnesClosed) {
  RunningServer running;
  Client idle(running.port());
  Client busy(running.port());
  Client half(running.port());
  idle.send(get("/a"));
  EXPECT_EQ(idle.receive().value_or(Answer{}).status, 200);
  busy.send(get("/slow"));
  half.send(post("/half", "abc").substr(0, 52));
  ASSERT_TRUE(eventually([&] { return running.handler().begun().size() == 3; }));
  running.server().stop();
  EXPECT_TRUE(idle.closed());
  const Answer answer = busy.receive().value_or(Answer{});
  EXPECT_EQ(answer.body, "GET /slow ");
  EXPECT_TRUE(answer.has("\r\nConnection: close\r\n"));
  EXPECT_TRUE(busy.closed());
  half.send(post("/half", "abc").substr(52));
  EXPECT_EQ(half.receive().value_or(Answer{}).body, "POST /half abc");
  EXPECT_TRUE(half.closed());
  const auto start = steady_clock::now();
  running.stop_and_wait();
  EXPECT_LT(seconds_since(start), 6);
  EXPECT_EQ(running.server().connections(), 0U);
}

TEST(Stop, DoesNotWaitForEver) {
  Limits limits;
  limits.drain_seconds_max = 1;
  RunningServer running(limits);
  Client head(running.port());
  Client body(running.port());
  Client never_reads(running.port(), 4096);
  head.send("GET /");
  body.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
  never_reads.send(get("/big"));
  ASSERT_TRUE(eventually([&] { return running.handler().begun().size() == 2; }));
  const auto start = steady_clock::now();
  running.stop_and_wait();
  EXPECT_LT(seconds_since(start), 6);
}

TEST(Stop, BeforeAndTwice) {
  EchoHandler handler;
  Server server(Limits{}, handler, 3);
  EXPECT_NE(server.listen("localhost", 0), 0);
  server.stop();
  server.stop();
  server.run();
}

TEST(Listen, TellsWhatIsWrong) {
  EchoHandler handler;
  Server first(Limits{}, handler, 1);
  const std::uint16_t port = first.listen("127.0.0.1", 0);
  Server second(Limits{}, handler, 1);
  try {
    second.listen("127.0.0.1", port);
    FAIL() << "the port was taken";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::address_in_use);
    EXPECT_NE(std::string(error.what()).find("127.0.0.1:" + std::to_string(port)), std::string::npos);
  }
  EXPECT_THROW(second.listen("no.such.host.invalid", 0), std::system_error);
}

TEST(Listen, BothFamiliesOnTheIpv6Wildcard) {
  std::unique_ptr<RunningServer> running;
  try {
    running = std::make_unique<RunningServer>(Limits{}, 1, "[::]");
  } catch (const std::system_error&) {
    GTEST_SKIP() << "no IPv6 on this machine";
  }
  Client client(running->port());
  client.send(get("/a"));
  EXPECT_EQ(client.receive().value_or(Answer{}).status, 200);
}

TEST(Listen, ManyConnectionsAreSpreadOverTheThreads) {
  RunningServer running(Limits{}, 3);
  std::vector<std::unique_ptr<Client>> clients;
  clients.reserve(200);
  for (int i = 0; i < 200; ++i) clients.push_back(std::make_unique<Client>(running.port()));
  for (int round = 0; round < 3; ++round) {
    for (auto& client : clients) client->send(get("/a"));
    for (auto& client : clients) ASSERT_EQ(client->receive().value_or(Answer{}).status, 200);
  }
  EXPECT_EQ(running.server().connections(), 200U);
}

}  // namespace
}  // namespace contactd::http::test
