// zlib's streams, used in one go.
#include "web/gzip.hpp"

#include <zlib.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace contactd::web {
namespace {

constexpr int window_bits_of_gzip = MAX_WBITS + 16;
constexpr std::size_t chunk_bytes = 64 * std::size_t{1024};

void set_input(z_stream& stream, std::string_view input) {
  // zlib never writes there; its pointer lacks the const unless a macro asks for it.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
  stream.avail_in = static_cast<uInt>(input.size());
}

/// Calls the step until the stream has ended; gives what it wrote.
std::string run(z_stream& stream, int (*step)(z_stream*, int), int flush) {
  std::string output;
  std::array<char, chunk_bytes> chunk{};
  int status = Z_OK;
  while (status == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    status = step(&stream, flush);
    output.append(chunk.data(), chunk.size() - stream.avail_out);
  }
  if (status != Z_STREAM_END) throw std::runtime_error("zlib: the stream does not end well");
  return output;
}

}  // namespace

std::string gzip(std::string_view plain) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window_bits_of_gzip, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib: no stream");
  }
  const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, deflateEnd);
  set_input(stream, plain);
  return run(stream, deflate, Z_FINISH);
}

std::string gunzip(std::string_view compressed) {
  z_stream stream{};
  if (inflateInit2(&stream, window_bits_of_gzip) != Z_OK) throw std::runtime_error("zlib: no stream");
  const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, inflateEnd);
  set_input(stream, compressed);
  return run(stream, inflate, Z_NO_FLUSH);
}

}  // namespace contactd::web
