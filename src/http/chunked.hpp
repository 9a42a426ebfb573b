// Decodes a chunked body piece by piece: strict, pure, and the same for however the bytes arrived.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/limits.hpp"
#include "http/message.hpp"

namespace contactd::http {

/// chunked-body of RFC 9112 section 7.1. Extensions are checked and skipped, trailers checked and dropped.
/// Refuses with 400 what is malformed or has too long extensions, 413 a body beyond the limit, 431 too large trailers.
class ChunkedDecoder {
 public:
  enum class State { need_more, done, refused };

  /// `body_bytes_max` counts decoded bytes; the other limits are those of the wire.
  ChunkedDecoder(const Limits& limits, std::size_t body_bytes_max);

  /// Takes bytes from the front of `bytes`, appending decoded ones to `body` (null: they are thrown away). Returns how
  /// many were taken: all of them, unless the body ended or was refused before.
  std::size_t feed(std::string_view bytes, std::string* body);

  State state() const { return state_; }
  /// When refused: why.
  const Refusal& refusal() const { return refusal_; }

 private:
  /// What is expected next.
  // clang-format off
  enum class Step {
    size_first, size, size_line_feed,
    extension_semicolon, extension_name_first, extension_name, extension_equals,
    extension_value_first, extension_token, extension_quoted, extension_escaped, extension_after_quoted,
    data, data_carriage_return, data_line_feed,
    trailer_first, trailer_name, trailer_value, trailer_line_feed, last_line_feed,
  };
  // clang-format on

  void take(char c);
  void take_size(char c);
  void take_extension(char c);
  void take_extension_name(char c);
  void take_extension_value(char c);
  void take_behind_extension(char c);
  void take_after_data(char c);
  void take_trailer(char c);
  void end_of_size_line();
  void malformed(std::string_view detail);
  void refuse(int status, std::string_view code, std::string_view detail);

  const Limits& limits_;
  std::size_t body_bytes_max_;
  State state_ = State::need_more;
  Step step_ = Step::size_first;
  std::uint64_t chunk_bytes_left_ = 0;
  unsigned size_digits_ = 0;
  std::size_t body_bytes_ = 0;
  std::size_t extension_bytes_ = 0;
  std::size_t trailer_bytes_ = 0;
  std::size_t trailer_fields_ = 0;
  Refusal refusal_;
};

}  // namespace contactd::http
