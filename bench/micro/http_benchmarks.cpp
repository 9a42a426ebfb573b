// The bytes of a request's head, its target, and the bytes of an answer.
#include "fixture.hpp"
#include "http/answer.hpp"
#include "http/head.hpp"
#include "http/url.hpp"
#include "measure.hpp"

namespace contactd::bench {
namespace {

constexpr std::string_view item_target = "/contacts/01JDHXVBZ0Q4T3N8Y6W2K5M7P9/";
constexpr std::string_view list_target =
    "/contacts/?namespace=Retail%20Lending&status=active&ordering=-created_at&page=2&page_size=15";

[[maybe_unused]] const bool read_head = add("http/read a head", [] {
  const std::string head = "GET " + std::string(item_target) +
                           " HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAuthorization: Bearer " +
                           Fixture::get().service().token() +
                           "\r\nUser-Agent: bench\r\nAccept: application/json\r\nAccept-Encoding: identity\r\n\r\n";
  return [head] {
    http::Request request;
    benchmark::DoNotOptimize(http::read_head(head, http::Limits{}, request));
    benchmark::DoNotOptimize(request);
  };
});

[[maybe_unused]] const bool split_item = add("http/split the target of a contact", [] {
  return [] { benchmark::DoNotOptimize(http::split_target(item_target)); };
});

[[maybe_unused]] const bool split_list = add("http/split the target of a list", [] {
  return [] { benchmark::DoNotOptimize(http::split_target(list_target)); };
});

[[maybe_unused]] const bool append_answer = add("http/append an answer", [] {
  http::Request request;
  request.method = "GET";
  http::Response response;
  response.content_type = "application/json";
  response.body = std::string(560, 'x');
  response.with("ETag", "\"1-0123456789abcdef\"").with("Cache-Control", "no-store");
  response.with("X-Request-Id", "01JDHXVBZ0Q4T3N8Y6W2K5M7P9");
  return [request, response, output = std::string()]() mutable {
    output.clear();  // a connection's buffer is used again and again
    http::append_answer(output, request, response, false);
    benchmark::DoNotOptimize(output);
  };
});

}  // namespace
}  // namespace contactd::bench
