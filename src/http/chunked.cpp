// One step per byte, but for chunk data, which is taken in runs: no verdict can depend on where the bytes were split.
#include "http/chunked.hpp"

#include <algorithm>

#include "http/tokens.hpp"

namespace contactd::http {

/// Sixteen digits fill 64 bits; leading zeros count, so that a size cannot be endless.
static constexpr unsigned size_digits_max = 16;

ChunkedDecoder::ChunkedDecoder(const Limits& limits, std::size_t body_bytes_max)
    : limits_(limits), body_bytes_max_(body_bytes_max) {}

std::size_t ChunkedDecoder::feed(std::string_view bytes, std::string* body) {
  std::size_t at = 0;
  while (state_ == State::need_more && at < bytes.size()) {
    if (step_ != Step::data) {
      take(bytes[at++]);
      continue;
    }
    const std::size_t run = static_cast<std::size_t>(std::min<std::uint64_t>(chunk_bytes_left_, bytes.size() - at));
    if (body != nullptr) body->append(bytes.substr(at, run));
    at += run;
    chunk_bytes_left_ -= run;
    if (chunk_bytes_left_ == 0) step_ = Step::data_carriage_return;
  }
  return at;
}

void ChunkedDecoder::take(char c) {
  if (step_ <= Step::size_line_feed) return take_size(c);
  if (step_ <= Step::extension_after_quoted) return take_extension(c);
  if (step_ <= Step::data_line_feed) return take_after_data(c);
  take_trailer(c);
}

void ChunkedDecoder::take_size(char c) {
  const int digit = hex_value(c);
  if (step_ == Step::size_line_feed) {
    if (c != '\n') return malformed("a chunk's size line does not end with CRLF");
    return end_of_size_line();
  }
  if (digit >= 0) {
    if (size_digits_ == size_digits_max) return malformed("a chunk's size has too many digits");
    ++size_digits_;
    chunk_bytes_left_ = chunk_bytes_left_ * 16 + static_cast<unsigned>(digit);
    step_ = Step::size;
    return;
  }
  if (step_ == Step::size_first) return malformed("a chunk has no size");
  if (c == '\r') {
    step_ = Step::size_line_feed;
  } else if (is_blank(c) || c == ';') {
    step_ = Step::extension_semicolon;
    take_extension(c);
  } else {
    malformed("a chunk's size is not hexadecimal");
  }
}

void ChunkedDecoder::end_of_size_line() {
  size_digits_ = 0;
  if (chunk_bytes_left_ == 0) {
    step_ = Step::trailer_first;
  } else if (chunk_bytes_left_ > body_bytes_max_ - body_bytes_) {
    refuse(413, "body_too_large", "the body is larger than allowed");
  } else {
    body_bytes_ += static_cast<std::size_t>(chunk_bytes_left_);
    step_ = Step::data;
  }
}

/// *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] ): checked to the letter, because a quoted line end
/// that one reader skips is the next chunk's size to another.
void ChunkedDecoder::take_extension(char c) {
  if (c != '\r' && ++extension_bytes_ > limits_.chunk_extension_bytes_max) {
    return malformed("the chunk extensions are too long");
  }
  if (step_ <= Step::extension_equals) {
    take_extension_name(c);
  } else {
    take_extension_value(c);
  }
}

/// From the blanks before ";" to the "=".
void ChunkedDecoder::take_extension_name(char c) {
  const bool in_name = step_ == Step::extension_name_first || step_ == Step::extension_name;
  if (in_name && is_in(token_characters, c)) {
    step_ = Step::extension_name;
  } else if (step_ == Step::extension_name && !is_blank(c) && c != '=') {
    take_behind_extension(c);
  } else if (is_blank(c)) {
    if (step_ == Step::extension_name) step_ = Step::extension_equals;
  } else if (c == ';' && step_ != Step::extension_name_first) {
    step_ = Step::extension_name_first;
  } else if (c == '=' && (step_ == Step::extension_name || step_ == Step::extension_equals)) {
    step_ = Step::extension_value_first;
  } else {
    malformed("a chunk extension is not well-formed");
  }
}

/// From behind the "=" to the end of a token or quoted string.
void ChunkedDecoder::take_extension_value(char c) {
  if (step_ == Step::extension_quoted || step_ == Step::extension_escaped) {
    if (!is_value_character(c)) return malformed("a chunk extension has a control character");
    if (step_ == Step::extension_escaped) {
      step_ = Step::extension_quoted;
    } else if (c == '"') {
      step_ = Step::extension_after_quoted;
    } else if (c == '\\') {
      step_ = Step::extension_escaped;
    }
  } else if (step_ != Step::extension_after_quoted && is_in(token_characters, c)) {
    step_ = Step::extension_token;
  } else if (step_ != Step::extension_value_first) {
    take_behind_extension(c);
  } else if (c == '"') {
    step_ = Step::extension_quoted;
  } else if (!is_blank(c)) {
    malformed("a chunk extension has no value");
  }
}

/// The end of the line, or of this extension.
void ChunkedDecoder::take_behind_extension(char c) {
  if (c == '\r') {
    step_ = Step::size_line_feed;
  } else if (c == ';') {
    step_ = Step::extension_name_first;
  } else if (is_blank(c)) {
    step_ = Step::extension_semicolon;
  } else {
    malformed("a chunk extension is not well-formed");
  }
}

void ChunkedDecoder::take_after_data(char c) {
  const bool first = step_ == Step::data_carriage_return;
  if (c != (first ? '\r' : '\n')) return malformed("a chunk's data does not end with CRLF");
  step_ = first ? Step::data_line_feed : Step::size_first;
}

void ChunkedDecoder::take_trailer(char c) {
  if (step_ == Step::last_line_feed) {
    if (c != '\n') return malformed("the body does not end with CRLF");
    state_ = State::done;
    return;
  }
  if (step_ == Step::trailer_first && c == '\r') {
    step_ = Step::last_line_feed;
    return;
  }
  if (++trailer_bytes_ > limits_.header_block_bytes_max) {
    return refuse(431, "headers_too_large", "the trailer section is too large");
  }
  switch (step_) {
    case Step::trailer_first:
      if (!is_in(token_characters, c)) return malformed("a trailer field's name is not a token");
      if (++trailer_fields_ > limits_.header_fields_max) {
        return refuse(431, "headers_too_large", "there are too many trailer fields");
      }
      step_ = Step::trailer_name;
      return;
    case Step::trailer_name:
      if (c != ':' && !is_in(token_characters, c)) return malformed("a trailer field's name is not a token");
      if (c == ':') step_ = Step::trailer_value;
      return;
    case Step::trailer_value:
      if (c != '\r' && !is_value_character(c)) return malformed("a trailer field has a control character");
      if (c == '\r') step_ = Step::trailer_line_feed;
      return;
    default:
      if (c != '\n') return malformed("a trailer field does not end with CRLF");
      step_ = Step::trailer_first;
  }
}

void ChunkedDecoder::malformed(std::string_view detail) {
  refuse(400, "malformed_request", detail);
}

void ChunkedDecoder::refuse(int status, std::string_view code, std::string_view detail) {
  state_ = State::refused;
  refusal_ = {status, code, detail};
}

}  // namespace contactd::http
