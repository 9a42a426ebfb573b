// A connection's life over real sockets: order, persistence, bodies, early refusals.
#include <gtest/gtest.h>

#include "support.hpp"

namespace contactd::http::test {
namespace {

TEST(Session, AnswersOneRequestAfterTheOther) {
  RunningServer running;
  Client client(running.port());
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.send(get("/a")));
    const std::optional<Answer> answer = client.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "GET /a ");
    EXPECT_TRUE(answer->head.starts_with("HTTP/1.1 200 OK\r\nDate: "));
    EXPECT_TRUE(answer->has("\r\nContent-Type: text/plain\r\n"));
    EXPECT_FALSE(answer->has("Connection:"));
    EXPECT_FALSE(answer->has("Server:"));
    EXPECT_FALSE(answer->has("\r\nForged:"));  // No value can make a line of its own.
  }
  EXPECT_TRUE(eventually([&] { return running.handler().log().size() == 3; }));
}

TEST(Session, PipelinedRequestsAreAnsweredInOrder) {
  RunningServer running;
  Client client(running.port());
  std::string bytes;
  constexpr int count = 500;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    bytes += i % 50 == 7
                 ? "POST /" + number + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
             : i % 3 == 0 ? post("/" + number, number)
                          : get("/" + number);
    if (i == 20) bytes += get("/slow");
  }
  ASSERT_TRUE(client.send(bytes));
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    const std::optional<Answer> answer = client.receive();
    ASSERT_TRUE(answer);
    const bool chunked = i % 50 == 7;
    const bool posted = chunked || i % 3 == 0;
    std::string expected = posted ? "POST /" : "GET /";
    expected.append(number).append(" ").append(chunked ? "ab" : posted ? number : "");
    ASSERT_EQ(answer->body, expected);
    if (i == 20) {
      EXPECT_EQ(client.receive().value_or(Answer{}).body, "GET /slow ");
    }
  }
  EXPECT_TRUE(eventually([&] { return running.handler().log().size() == count + 1; }));
}

TEST(Session, BytesMayArriveOneByOne) {
  RunningServer running;
  Client client(running.port());
  const std::string bytes = post("/sized", "hello") +
                            "POST /chunked HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                            "3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nT: t\r\n\r\n\r\n" +
                            get("/last");
  for (char byte : bytes) {
    ASSERT_TRUE(client.send({&byte, 1}));
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "POST /sized hello");
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "POST /chunked abcde");
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "GET /last ");
}

TEST(Session, LargeHeadsAndBodiesArriveWhole) {
  RunningServer running;
  Client client(running.port());
  const std::string body(1024 * 1024, 'x');
  const std::string field = "X-Large: " + std::string(16000, 'y') + "\r\n";
  for (const std::string& fields : {std::string(), field}) {
    ASSERT_TRUE(client.send(post("/l", body, fields)));
    EXPECT_EQ(client.receive().value_or(Answer{}).body, "POST /l " + body);
    std::string chunks = "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n" + fields + "\r\n";
    for (int i = 0; i < 16; ++i) chunks += "10000\r\n" + body.substr(0, 65536) + "\r\n";
    ASSERT_TRUE(client.send(chunks + "0\r\n\r\n"));
    EXPECT_EQ(client.receive().value_or(Answer{}).body, "POST /c " + body);
  }
  ASSERT_TRUE(client.send(get("/big") + get("/after")));
  EXPECT_EQ(client.receive().value_or(Answer{}).body.size(), 32U * 1024 * 1024);
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "GET /after ");
}

TEST(Session, ABodyOfOneByteTooManyIsRefused) {
  RunningServer running;
  Client client(running.port());
  client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n");
  EXPECT_EQ(client.receive().value_or(Answer{}).status, 413);  // None of the body was sent.
  client.end_sending();
  EXPECT_TRUE(client.closed());
}

TEST(Session, SaysContinueOnlyWhenTheBodyIsWaitedFor) {
  RunningServer running;
  const std::string head = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";
  Client client(running.port());
  client.send(head);
  EXPECT_EQ(client.receive().value_or(Answer{}).head, "HTTP/1.1 100 Continue\r\n");
  client.send("abc");
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "POST /x abc");
  client.send(get("/before") + head);  // Behind another answer.
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "GET /before ");
  EXPECT_EQ(client.receive().value_or(Answer{}).status, 100);
  client.send("def");
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "POST /x def");
  client.send(head + "ghi");  // The body is there.
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "POST /x ghi");
  client.send("POST /old HTTP/1.0\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc");
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "POST /old abc");
  EXPECT_TRUE(client.closed());
}

TEST(Session, ARefusedExpectationOfContinueCloses) {
  RunningServer running;
  Client client(running.port());
  client.send("POST /refused HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  const Answer answer = client.receive().value_or(Answer{});
  EXPECT_EQ(answer.status, 401);
  EXPECT_TRUE(answer.has("\r\nConnection: close\r\n"));
  client.send("abc");
  client.end_sending();
  EXPECT_TRUE(client.closed());
}

TEST(Session, HeadGetsTheLengthButNoBody) {
  RunningServer running;
  Client client(running.port());
  client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n" + get("/b"));
  const Answer answer = client.receive(true).value_or(Answer{});
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.has("\r\nContent-Length: 8\r\n"));
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "GET /b ");
}

TEST(Session, SomeAnswersHaveNoBody) {
  RunningServer running;
  Client client(running.port());
  client.send(get("/empty") + get("/same") + get("/nothing"));
  for (int status : {204, 304}) {
    const Answer answer = client.receive().value_or(Answer{});
    EXPECT_EQ(answer.status, status);
    EXPECT_FALSE(answer.has("Content-"));
  }
  const Answer nothing = client.receive().value_or(Answer{});
  EXPECT_TRUE(nothing.has("\r\nContent-Length: 0\r\n"));
  EXPECT_FALSE(nothing.has("Content-Type"));
}

TEST(Session, OldClientsCloseUnlessTheyAskNotTo) {
  RunningServer running;
  Client client(running.port());
  client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(client.receive().value_or(Answer{}).has("\r\nConnection: keep-alive\r\n"));
  client.send("GET /b HTTP/1.0\r\n\r\n");
  const Answer answer = client.receive().value_or(Answer{});
  EXPECT_EQ(answer.body, "GET /b ");
  EXPECT_TRUE(answer.has("\r\nConnection: close\r\n"));
  EXPECT_TRUE(client.closed());
}

TEST(Session, ClosesWhenEitherSideWantsIt) {
  RunningServer running;
  for (const std::string& bytes : {get("/a", "Connection: close\r\n"), get("/close")}) {
    Client client(running.port());
    client.send(bytes + get("/behind"));
    EXPECT_TRUE(client.receive().value_or(Answer{}).has("\r\nConnection: close\r\n"));
    client.end_sending();
    EXPECT_TRUE(client.closed());
  }
  EXPECT_EQ(running.handler().begun(), (std::vector<std::string>{"/a", "/close"}));
}

TEST(Session, AHalfClosedClientIsAnswered) {
  RunningServer running;
  Client client(running.port());
  client.send(get("/a") + get("/slow") + post("/b", "c"));
  client.end_sending();
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "GET /a ");
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "GET /slow ");
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "POST /b c");
  EXPECT_TRUE(client.closed());
}

TEST(Session, AfterAnEarlyRefusalTheBodyIsDropped) {
  RunningServer running;
  Client client(running.port());
  const std::string body = std::string(1024 * 1024 - 40, 'x') + get("/behind");
  ASSERT_LE(body.size(), 1024U * 1024);
  client.send(post("/refused", body) + get("/next"));
  EXPECT_EQ(client.receive().value_or(Answer{}).status, 401);
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "GET /next ");
  client.send(post("/refused/small", "x") + get("/next"));
  EXPECT_EQ(client.receive().value_or(Answer{}).status, 401);
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "GET /next ");
  const std::string chunked = "POST /refused HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  client.send(chunked);
  EXPECT_EQ(client.receive().value_or(Answer{}).status, 401);  // Before the body comes.
  client.send("24\r\nGET /behind HTTP/1.1\r\nHost: a\r\n\r\n123\r\n0\r\n\r\n" + get("/next"));
  EXPECT_EQ(client.receive().value_or(Answer{}).body, "GET /next ");
  for (const std::string& target : running.handler().begun()) EXPECT_NE(target, "/behind");
}

TEST(Session, ALargerDroppedBodyCloses) {
  RunningServer running;
  const std::string body(3 * 1024 * 1024, 'x');
  for (const std::string& bytes :
       {post("/refused", body),
        "POST /refused HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n300000\r\n" + body}) {
    Client client(running.port());
    client.send(bytes + get("/behind"));  // All of it is sent before the answer is looked at: no reset may lose it.
    const Answer answer = client.receive().value_or(Answer{});
    EXPECT_EQ(answer.status, 401);
    client.end_sending();
    EXPECT_TRUE(client.closed());
  }
  for (const std::string& target : running.handler().begun()) EXPECT_NE(target, "/behind");
}

TEST(Session, ChunksThatGoWrongWhileDroppedClose) {
  RunningServer running;
  Client client(running.port());
  client.send("POST /refused HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n" + get("/behind"));
  EXPECT_EQ(client.receive().value_or(Answer{}).status, 401);
  client.end_sending();
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(running.handler().begun().size(), 1U);
}

}  // namespace
}  // namespace contactd::http::test
