// Every limit of the wire, with its unit in its name. Contract section 1.1; the defaults are the contract's.
#pragma once

#include <cstddef>

namespace contactd::http {

struct Limits {
  std::size_t request_line_bytes_max = 8 * 1024;     ///< Without its CRLF. 414 beyond.
  std::size_t header_block_bytes_max = 16 * 1024;    ///< All field lines with their CRLFs; trailers too. 431 beyond.
  std::size_t header_fields_max = 100;               ///< 431 beyond.
  std::size_t body_bytes_max = 1024 * 1024;          ///< 413 beyond, before any of it is read when its length is known.
  std::size_t dropped_body_bytes_max = 1024 * 1024;  ///< After an early refusal: read and dropped, else closed.
  std::size_t chunk_extension_bytes_max = 1024;      ///< Per request; skipped. 400 beyond.
  std::size_t connections_max = 10'000;              ///< Further ones are closed at once.
  unsigned head_seconds_max = 10;                    ///< From the first byte of a request to the end of its head: 408.
  unsigned body_seconds_max = 30;                    ///< From the end of the head to the end of the body: 408.
  unsigned idle_seconds_max = 75;                    ///< Between requests: closed without an answer.
  unsigned write_seconds_max = 30;                   ///< Answers that the client does not take: closed.
  unsigned drain_seconds_max = 8;                    ///< After SIGTERM: what runs is finished within this time.
  // Ours, where the contract is silent.
  unsigned linger_seconds_max = 2;                  ///< After a refusal what still arrives is thrown away so long,
  std::size_t linger_bytes_max = 16 * 1024 * 1024;  ///< and so much of it, so that the client reads the answer.
  std::size_t unsent_bytes_max = 256 * 1024;        ///< Answers to pipelined requests are sent beyond this.
};

}  // namespace contactd::http
