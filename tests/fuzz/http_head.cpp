// Heads, bodies and what stands behind them, cut at places that the fuzzer chooses: every split must give the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "http/body_reader.hpp"
#include "http/head.hpp"
#include "http/input_buffer.hpp"
#include "http/url.hpp"

namespace {

using namespace contactd::http;

void require(bool holds) {
  if (!holds) std::abort();
}

/// Small enough that the fuzzer reaches them.
Limits small_limits() {
  Limits limits;
  limits.request_line_bytes_max = 120;
  limits.header_block_bytes_max = 300;
  limits.header_fields_max = 8;
  limits.body_bytes_max = 64;
  limits.chunk_extension_bytes_max = 24;
  return limits;
}

/// What a connection with these bytes comes to: all requests in order, then how it ended.
struct Story {
  std::vector<std::string> requests;
  Refusal refusal{0, {}, {}};
  bool unfinished = false;
  bool operator==(const Story&) const = default;
};

std::string told(const Request& request, const Head& head) {
  std::string text = std::string(request.method) + " " + std::string(request.target) + " " +
                     std::to_string(request.version_minor) + (head.keep_alive ? " keep" : " close") +
                     (head.expects_continue ? " continue" : "") + "\n";
  for (const HeaderField& field : request.headers) {
    text.append(field.name).append("=").append(field.value).append("\n");
  }
  return text + request.body;
}

/// Delivers bytes in pieces into the buffer that sessions use, starting small so that it has to grow.
class Delivery {
 public:
  Delivery(std::string_view bytes, std::string_view cuts) : bytes_(bytes), cuts_(cuts), input_(64) {}

  /// False when nothing is left.
  bool more() {
    if (at_ == bytes_.size()) return false;
    std::size_t piece = bytes_.size() - at_;
    if (!cuts_.empty())
      piece = std::min<std::size_t>(piece, 1 + static_cast<unsigned char>(cuts_[cut_++ % cuts_.size()]));
    piece = std::min(piece, input_.make_room());
    bytes_.copy(input_.room(), piece, at_);
    input_.commit(piece);
    at_ += piece;
    return true;
  }

  InputBuffer& input() { return input_; }

 private:
  std::string_view bytes_;
  std::string_view cuts_;
  std::size_t at_ = 0;
  std::size_t cut_ = 0;
  InputBuffer input_;
};

/// Whether the connection goes on behind this body.
bool read_body(Delivery& delivery, const Limits& limits, Request& request, Story& story) {
  BodyReader reader(request, limits, limits.body_bytes_max);
  while (!reader.refused() && !reader.done()) {
    delivery.input().consume(reader.feed(delivery.input().unread(), &request.body));
    if (reader.refused() || reader.done()) break;
    if (!delivery.more()) {
      story.unfinished = true;
      return false;
    }
  }
  require(request.body.size() <= limits.body_bytes_max);
  if (reader.refused()) story.refusal = reader.refusal();
  return !reader.refused();
}

Story read_all(std::string_view bytes, std::string_view cuts) {
  const Limits limits = small_limits();
  Delivery delivery(bytes, cuts);
  InputBuffer& input = delivery.input();
  Story story;
  std::size_t seen = 0;
  for (;;) {
    Request request;
    Head head = read_head(input.unread(), limits, request, seen);
    if (head.verdict == Head::Verdict::need_more) {
      seen = input.unread().size();
      require(seen <= limits.request_line_bytes_max + limits.header_block_bytes_max + 8);
      input.release();
      if (input.make_room() == 0) input.reserve(2 * input.capacity());
      if (delivery.more()) continue;
      story.unfinished = true;
      return story;
    }
    seen = 0;
    if (head.verdict == Head::Verdict::refused) {
      story.refusal = head.refusal;
      return story;
    }
    require(!request.method.empty() && (request.target == "*" || request.target.starts_with('/')));
    require(!(request.chunked && request.content_length));
    if (input.space_behind(head.bytes) < 32) {  // As a session does before it lets a request be looked at.
      input.release();
      input.reserve(head.bytes + 64);
      head = read_head(input.unread(), limits, request);
    }
    split_target(request.target);
    input.consume(head.bytes);
    input.keep();
    const bool goes_on = !request.announces_body() || read_body(delivery, limits, request, story);
    if (!goes_on) return story;
    story.requests.push_back(told(request, head));  // The views must have survived the body's arrival.
    input.release();
  }
}

}  // namespace

/// The first byte says how many of the next are piece lengths; the rest is what a client sends.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t cuts = std::min<std::size_t>(data[0] % 16U, size - 1);
  const std::string_view bytes = all.substr(1 + cuts);
  const Story whole = read_all(bytes, {});
  require(read_all(bytes, all.substr(1, cuts)) == whole);
  require(read_all(bytes, std::string_view("\0", 1)) == whole);  // Byte by byte.
  return 0;
}
