// Where a body ends, be it by length or by chunks: one face for both.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/chunked.hpp"
#include "http/limits.hpp"
#include "http/message.hpp"

namespace contactd::http {

/// Takes a request's body from the bytes behind its head. A length beyond `body_bytes_max` is refused at once.
class BodyReader {
 public:
  BodyReader(const Request& request, const Limits& limits, std::size_t body_bytes_max)
      : chunks_(limits, body_bytes_max), chunked_(request.chunked), bytes_left_(request.content_length.value_or(0)) {
    if (bytes_left_ > body_bytes_max) refusal_ = {413, "body_too_large", "the body is larger than allowed"};
  }

  bool refused() const {
    return !refusal_.code.empty() || (chunked_ && chunks_.state() == ChunkedDecoder::State::refused);
  }
  bool done() const { return chunked_ ? chunks_.state() == ChunkedDecoder::State::done : bytes_left_ == 0; }
  const Refusal& refusal() const { return chunked_ ? chunks_.refusal() : refusal_; }

  /// As ChunkedDecoder::feed.
  std::size_t feed(std::string_view bytes, std::string* body) {
    if (chunked_) return chunks_.feed(bytes, body);
    const auto run = static_cast<std::size_t>(std::min<std::uint64_t>(bytes_left_, bytes.size()));
    if (body != nullptr) body->append(bytes.substr(0, run));
    bytes_left_ -= run;
    return run;
  }

 private:
  ChunkedDecoder chunks_;
  bool chunked_;
  std::uint64_t bytes_left_;
  Refusal refusal_{0, {}, {}};
};

}  // namespace contactd::http
