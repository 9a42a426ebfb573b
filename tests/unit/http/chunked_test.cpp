// The chunk decoder: every way to split small bodies, limits, and what is skipped.
#include "http/chunked.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace contactd::http {
namespace {

struct Outcome {
  ChunkedDecoder::State state = ChunkedDecoder::State::need_more;
  Refusal refusal;
  std::string body;
  std::size_t taken = 0;
  bool operator==(const Outcome&) const = default;
};

/// Feeds the bytes in pieces that end where `cuts` has a bit.
Outcome decode(std::string_view bytes, unsigned cuts, const Limits& limits = {}) {
  ChunkedDecoder decoder(limits, limits.body_bytes_max);
  Outcome outcome;
  std::size_t start = 0;
  for (std::size_t end = 1; end <= bytes.size(); ++end) {
    const bool cut = end <= 32 && (cuts >> (end - 1) & 1U) != 0;
    if (end < bytes.size() && !cut) continue;
    outcome.taken += decoder.feed(bytes.substr(start, end - start), &outcome.body);
    start = end;
    if (decoder.state() != ChunkedDecoder::State::need_more) break;
  }
  outcome.state = decoder.state();
  outcome.refusal = decoder.refusal();
  return outcome;
}

TEST(Chunked, EverySplitOfSmallBodiesGivesTheSame) {
  const std::vector<std::string> bodies = {"3\r\nabc\r\n0\r\n\r\n", "0\r\n\r\nGET",         "1;a\r\nx\r\n0\r\n\r\n",
                                           "0;a=\"\\\"\"\r\n\r\n",  "0\r\nA: b\r\n\r\n",    "0\r\nA:b\r\nC:\r\n\r\n",
                                           "2\r\nabc\r\n0\r\n\r\n", "1\r\na\n0\r\n\r\n",    "x\r\n",
                                           "1 \r\na\r\n0\r\n\r\n",  "0;a=\"\r\n\"\r\n\r\n", "0\r\n A: b\r\n\r\n",
                                           "fffffffffffffffff\r\n", "ffffffff\r\nabc",      "1 ; a = b\r\nx\r\n0\r\n"};
  for (const std::string& body : bodies) {
    const Outcome whole = decode(body, 0);
    for (unsigned cuts = 0; cuts < 1U << (body.size() - 1); ++cuts) {
      ASSERT_EQ(decode(body, cuts), whole) << body << " cut at " << cuts;
    }
  }
}

TEST(Chunked, DecodesAndStopsAtTheEnd) {
  const std::string bytes =
      "3\r\nabc\r\n00A;x;y=z; q=\"a;\\\"\t\xff\" ;r\r\n0123456789\r\n0;l\r\nTrailer: t\r\nB:\r\n\r\nGET /";
  const Outcome outcome = decode(bytes, 0);
  EXPECT_EQ(outcome.state, ChunkedDecoder::State::done) << outcome.refusal.detail;
  EXPECT_EQ(outcome.body, "abc0123456789");
  EXPECT_EQ(outcome.taken, bytes.size() - 5);
}

TEST(Chunked, ExtensionsMayTakeSoMuchInAllOfTheBody) {
  Limits limits;
  limits.chunk_extension_bytes_max = 6;
  EXPECT_EQ(decode("1;ab\r\nx\r\n0;cd\r\n\r\n", 0, limits).state, ChunkedDecoder::State::done);
  EXPECT_EQ(decode("1;ab\r\nx\r\n0;cde\r\n\r\n", 0, limits).refusal.status, 400);
}

TEST(Chunked, TheBodyMayTakeSoMuchInAllItsChunks) {
  Limits limits;
  limits.body_bytes_max = 4;
  EXPECT_EQ(decode("2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n", 0, limits).body, "abcd");
  EXPECT_EQ(decode("2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n", 0, limits).refusal,
            (Refusal{413, "body_too_large", "the body is larger than allowed"}));
}

TEST(Chunked, ThrowsBytesAwayWhenThereIsNoBodyToFill) {
  const Limits limits;
  ChunkedDecoder decoder(limits, 10);
  EXPECT_EQ(decoder.feed("3\r\nabc\r\n0\r\n\r\n", nullptr), 13U);
  EXPECT_EQ(decoder.state(), ChunkedDecoder::State::done);
}

TEST(Chunked, TrailersAreLimitedExactly) {
  Limits limits;
  limits.header_block_bytes_max = 6;
  limits.header_fields_max = 1;
  EXPECT_EQ(decode("0\r\nA: b\r\n\r\n", 0, limits).state, ChunkedDecoder::State::done);
  EXPECT_EQ(decode("0\r\nA: bc\r\n\r\n", 0, limits).refusal.status, 431);
  limits.header_block_bytes_max = 100;
  EXPECT_EQ(decode("0\r\nA: b\r\nC: d\r\n\r\n", 0, limits).refusal.status, 431);
}

}  // namespace
}  // namespace contactd::http
