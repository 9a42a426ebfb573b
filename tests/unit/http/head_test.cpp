// The head parser: what it takes, what it refuses, and that it never matters how the bytes arrived.
#include "http/head.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "http/body_reader.hpp"
#include "support.hpp"

namespace contactd::http::test {
namespace {

using namespace std::string_literals;

/// The verdict on bytes that arrive in pieces of this size: the status of a refusal, 200 for a request, 0 for neither.
int status_of(const std::string& bytes, std::size_t piece_bytes) {
  const Limits limits;
  Request request;
  std::size_t seen = 0;
  for (std::size_t end = std::min(piece_bytes, bytes.size());; end = std::min(end + piece_bytes, bytes.size())) {
    const Head head = read_head(std::string_view(bytes).substr(0, end), limits, request, seen);
    seen = end;
    if (head.verdict == Head::Verdict::refused) return head.refusal.status;
    if (head.verdict == Head::Verdict::need_more) {
      if (end == bytes.size()) return 0;
      continue;
    }
    if (!request.announces_body()) return 200;
    BodyReader reader(request, limits, limits.body_bytes_max);
    for (std::size_t at = head.bytes; at < bytes.size() && !reader.done() && !reader.refused(); at += piece_bytes) {
      reader.feed(std::string_view(bytes).substr(at, piece_bytes), &request.body);
    }
    return reader.refused() ? reader.refusal().status : reader.done() ? 200 : 0;
  }
}

/// The head of a request that must be fine; the bytes must outlive it.
Head accepted(const std::string& bytes, Request& request) {
  const Head head = read_head(bytes, Limits{}, request);
  EXPECT_EQ(head.verdict, Head::Verdict::ready) << bytes << "\n" << head.refusal.detail;
  return head;
}

TEST(Head, RefusesEveryHazardHoweverItArrives) {
  for (const Hazard& hazard : hazards()) {
    SCOPED_TRACE(hazard.name);
    EXPECT_EQ(status_of(hazard.bytes, hazard.bytes.size()), hazard.status);
    EXPECT_EQ(status_of(hazard.bytes, 1), hazard.status);
    EXPECT_EQ(status_of(hazard.bytes, 7), hazard.status);
    // What stands in front of it, and behind, changes nothing.
    EXPECT_EQ(status_of(hazard.bytes + get("/behind"), 1 << 20), hazard.status);
  }
}

TEST(Head, EveryPrefixOfARequestNeedsMore) {
  const std::string bytes =
      "\r\nPOST /a/?b=c HTTP/1.1\r\nHost: [::1]:80\r\nX: \t a\tb\xff \r\nContent-Length: 0\r\n\r\n";
  const Limits limits;
  Request request;
  for (std::size_t end = 0; end < bytes.size(); ++end) {
    for (std::size_t seen : {std::size_t{0}, end / 2, end}) {
      EXPECT_EQ(read_head(bytes.substr(0, end), limits, request, seen).verdict, Head::Verdict::need_more) << end;
    }
  }
  const Head head = accepted(bytes, request);
  EXPECT_EQ(head.bytes, bytes.size());
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/a/?b=c");
  ASSERT_EQ(request.headers.size(), 3U);
  EXPECT_EQ(request.headers[1].value, "a\tb\xff");
  EXPECT_EQ(request.header("CONTENT-length"), "0");
  EXPECT_EQ(request.header_count("host"), 1U);
  EXPECT_FALSE(request.header("hos"));
  EXPECT_FALSE(request.announces_body());
}

TEST(Head, LeavesTheBytesBehindAlone) {
  const std::string first = get("/first");
  const std::string bytes = first + "\0 anything"s;
  Request request;
  EXPECT_EQ(accepted(bytes, request).bytes, first.size());
}

TEST(Head, TakesTargetsInEveryAllowedForm) {
  const auto target_of = [](const std::string& method, const std::string& target) {
    const std::string bytes = method + " " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
    Request request;
    accepted(bytes, request);
    return std::string(request.target);
  };
  EXPECT_EQ(target_of("GET", "/"), "/");
  EXPECT_EQ(target_of("GET", "//x/%2e?{|}\\\"<>^`"), "//x/%2e?{|}\\\"<>^`");
  EXPECT_EQ(target_of("GET", "http://a.example:80/b?c"), "/b?c");
  EXPECT_EQ(target_of("GET", "HTTPS://[::1]/b"), "/b");
  EXPECT_EQ(target_of("GET", "http://a"), "/");
  EXPECT_EQ(target_of("OPTIONS", "*"), "*");
  EXPECT_EQ(target_of("M!#$%&'*+-.^_`|~9", "/"), "/");
}

TEST(Head, TakesHostsInEveryAllowedForm) {
  for (const char* host : {"a", "a.example:8080", "a:", "127.0.0.1", "[::1]", "[2001:db8::1]:443", "a_b-c~d", "a%20b",
                           "a:65535", "xn--bcher-kva.example"}) {
    const std::string bytes = "GET / HTTP/1.1\r\nHOST:  "s + host + "\t\r\n\r\n";
    Request request;
    accepted(bytes, request);
  }
}

TEST(Head, KnowsWhetherTheConnectionStaysOpen) {
  const auto keep_alive = [](int minor, const std::string& connection) {
    const std::string bytes = "GET / HTTP/1." + std::to_string(minor) + "\r\nHost: a\r\n" + connection + "\r\n";
    Request request;
    return accepted(bytes, request).keep_alive;
  };
  EXPECT_TRUE(keep_alive(1, ""));
  EXPECT_TRUE(keep_alive(1, "Connection: keep-alive\r\n"));
  EXPECT_FALSE(keep_alive(1, "Connection: x, CLOSE ,y\r\n"));
  EXPECT_FALSE(keep_alive(1, "Connection: keep-alive\r\nConnection: close\r\n"));
  EXPECT_FALSE(keep_alive(0, ""));
  EXPECT_TRUE(keep_alive(0, "Connection: Keep-Alive\r\n"));
  EXPECT_FALSE(keep_alive(0, "Connection: keep-alive, close\r\n"));
}

TEST(Head, KnowsLengthCodingAndExpectation) {
  Request request;
  const std::string sized = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 007\r\nExpect: 100-Continue\r\n\r\n";
  EXPECT_TRUE(accepted(sized, request).expects_continue);
  EXPECT_EQ(request.content_length, 7U);
  EXPECT_TRUE(request.announces_body());
  const std::string chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ChunkeD\r\n\r\n";
  EXPECT_FALSE(accepted(chunked, request).expects_continue);
  EXPECT_TRUE(request.chunked);
  EXPECT_FALSE(request.content_length);
  const std::string old = "POST / HTTP/1.0\r\nExpect: nonsense\r\n\r\n";
  EXPECT_FALSE(accepted(old, request).expects_continue);
  EXPECT_EQ(request.version_minor, 0);
  const std::string largest = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551615\r\n\r\n";
  accepted(largest, request);
}

TEST(Head, LimitsAreExact) {
  const auto line = [](std::size_t bytes) { return "GET /" + std::string(bytes - 14, 'x') + " HTTP/1.1"; };
  EXPECT_EQ(status_of(line(8192) + "\r\nHost: a\r\n\r\n", 1 << 20), 200);
  EXPECT_EQ(status_of(line(8193) + "\r\nHost: a\r\n\r\n", 1 << 20), 414);
  EXPECT_EQ(status_of("\r\n" + line(8192) + "\r\nHost: a\r\n\r\n", 1), 200);
  const auto block = [](std::size_t bytes) {
    return "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(bytes - 14, 'x') + "\r\n\r\n";
  };
  EXPECT_EQ(status_of(block(16384), 1 << 20), 200);
  EXPECT_EQ(status_of(block(16385), 1 << 20), 431);
  EXPECT_EQ(status_of(block(16385), 1), 431);
  EXPECT_EQ(status_of(
                "GET / HTTP/1.1\r\n" +
                    [] {
                      std::string lines = "Host: a\r\n";
                      for (int i = 0; i < 99; ++i) lines += "X: y\r\n";
                      return lines;
                    }() +
                    "\r\n",
                1 << 20),
            200);
}

TEST(Head, KeepsTheRequestLineOfARefusedHead) {
  const std::string bytes = "HEAD /x HTTP/1.1\r\nHost a\r\n\r\n";
  Request request;
  EXPECT_EQ(read_head(bytes, Limits{}, request).refusal.status, 400);
  EXPECT_EQ(request.method, "HEAD");
  EXPECT_EQ(request.target, "/x");
}

}  // namespace
}  // namespace contactd::http::test
