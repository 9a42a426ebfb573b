// The table of bytes that must be refused: used on the parser alone and over real sockets.
#include "support.hpp"

namespace contactd::http::test {
namespace {

using std::string;
using std::string_view;
using namespace std::string_literals;

/// A request with these field lines besides a good Host, and something behind it that a lax reader may take for its
/// body.
string with_fields(string_view lines) {
  return "POST /hazard HTTP/1.1\r\nHost: a\r\n"s.append(lines) + "\r\n\r\n";
}

string with_host(string_view lines) {
  return "GET /hazard HTTP/1.1\r\n"s.append(lines) + "\r\n\r\n";
}

string with_line(string_view line) {
  return string(line) + "\r\nHost: a\r\n\r\n";
}

string with_chunks(string_view chunks) {
  return with_fields("Transfer-Encoding: chunked") + string(chunks);
}

string many_fields(std::size_t count) {
  string lines;
  for (std::size_t i = 0; i < count; ++i) lines += "X-Field: 1\r\n";
  return lines.substr(0, lines.size() - 2);
}

std::vector<Hazard> framing_hazards() {
  return {
      {"length_and_coding", with_fields("Content-Length: 5\r\nTransfer-Encoding: chunked"), 400},
      {"coding_and_length", with_fields("Transfer-Encoding: chunked\r\nContent-Length: 5"), 400},
      {"two_lengths", with_fields("Content-Length: 5\r\nContent-Length: 6"), 400},
      {"two_equal_lengths", with_fields("Content-Length: 5\r\nContent-Length: 5"), 400},
      {"length_list", with_fields("Content-Length: 5, 5"), 400},
      {"length_signed", with_fields("Content-Length: +5"), 400},
      {"length_negative", with_fields("Content-Length: -5"), 400},
      {"length_hexadecimal", with_fields("Content-Length: 0x5"), 400},
      {"length_with_space", with_fields("Content-Length: 1 2"), 400},
      {"length_empty", with_fields("Content-Length:"), 400},
      {"length_overflow", with_fields("Content-Length: 18446744073709551616"), 400},
      {"coding_gzip", with_fields("Transfer-Encoding: gzip"), 501},
      {"coding_xchunked", with_fields("Transfer-Encoding: xchunked"), 501},
      {"coding_identity", with_fields("Transfer-Encoding: identity"), 501},
      {"coding_gzip_chunked", with_fields("Transfer-Encoding: gzip, chunked"), 501},
      {"coding_twice", with_fields("Transfer-Encoding: chunked, chunked"), 400},
      {"coding_empty", with_fields("Transfer-Encoding:"), 400},
      {"coding_empty_member", with_fields("Transfer-Encoding: ,chunked"), 400},
      {"coding_last_member_empty", with_fields("Transfer-Encoding: chunked,"), 400},
      {"coding_parameter", with_fields("Transfer-Encoding: chunked;a=b"), 400},
      {"coding_quoted", with_fields("Transfer-Encoding: \"chunked\""), 400},
      {"coding_vertical_tab",
       with_fields("Transfer-Encoding: \x0b"
                   "chunked"),
       400},
      {"two_codings", with_fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), 400},
      {"coding_and_unknown", with_fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"), 400},
      {"coding_on_1_0", "POST /hazard HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"coding_unknown_on_1_0", "POST /hazard HTTP/1.0\r\nTransfer-Encoding: gzip\r\n\r\n", 400},
      {"expectation", with_fields("Expect: 200-ok"), 417},
      {"expectation_list", with_fields("Expect: 100-continue, x"), 417},
      {"expectation_and_bad_length", with_fields("Expect: x\r\nContent-Length: x"), 400},
  };
}

std::vector<Hazard> field_hazards() {
  return {
      {"bare_line_feed", "GET /hazard HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400},
      {"bare_line_feed_at_the_end", "GET /hazard HTTP/1.1\r\nHost: a\r\n\n", 400},
      {"bare_line_feed_first", "\nGET /hazard HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"bare_line_feed_in_request_line", "GET /hazard HTTP/1.1\nHost: a\r\n\r\n", 400},
      {"bare_carriage_return", with_fields("X: a\rb"), 400},
      {"two_carriage_returns", with_fields("X: a\r"), 400},
      {"folded", with_fields("X: a\r\n b"), 400},
      {"folded_by_tab", with_fields("X: a\r\n\tb"), 400},
      {"folded_first", "GET /hazard HTTP/1.1\r\n Host: a\r\n\r\n", 400},
      {"folded_coding", with_fields("Transfer-Encoding:\r\n chunked"), 400},
      {"space_before_colon", with_fields("Content-Length : 5"), 400},
      {"tab_before_colon", with_fields("Transfer-Encoding\t: chunked"), 400},
      {"no_colon", with_fields("Nonsense"), 400},
      {"no_name", with_fields(": value"), 400},
      {"name_with_space", with_fields("Content Length: 5"), 400},
      {"name_not_a_token", with_fields("X(y): 5"), 400},
      {"name_not_ascii", with_fields("X\xc3\xa9: 5"), 400},
      {"nul_in_value", with_fields("X: a\0b"s), 400},
      {"nul_in_name", with_fields("X\0: b"s), 400},
      {"control_in_value",
       with_fields("X: a\x01"
                   "b"),
       400},
      {"delete_in_value",
       with_fields("X: a\x7f"
                   "b"),
       400},
      {"no_host", "GET /hazard HTTP/1.1\r\nX: y\r\n\r\n", 400},
      {"two_hosts", with_host("Host: a\r\nHost: a"), 400},
      {"two_hosts_on_1_0", "GET /hazard HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", 400},
      {"host_empty", with_host("Host:"), 400},
      {"host_list", with_host("Host: a, b"), 400},
      {"host_with_space", with_host("Host: a b"), 400},
      {"host_with_path", with_host("Host: a/b"), 400},
      {"host_with_user", with_host("Host: user@a"), 400},
      {"host_bad_encoding", with_host("Host: a%4"), 400},
      {"host_not_ascii", with_host("Host: \xc3\xa9"), 400},
      {"host_bad_port", with_host("Host: a:80x"), 400},
      {"host_port_too_large", with_host("Host: a:65536"), 400},
      {"host_only_port", with_host("Host: :80"), 400},
      {"host_bad_ipv6", with_host("Host: [::g]"), 400},
      {"host_open_ipv6", with_host("Host: [::1"), 400},
      {"host_bare_ipv6", with_host("Host: ::1"), 400},
      {"host_malformed_on_1_0", "GET /hazard HTTP/1.0\r\nHost: a b\r\n\r\n", 400},
      {"too_many_fields", with_fields(many_fields(100)), 431},
      {"block_too_large", with_fields("X: " + string(16 * 1024, 'x')), 431},
      {"block_without_end", "GET /hazard HTTP/1.1\r\nHost: a\r\nX: " + string(17 * 1024, 'x'), 431},
  };
}

std::vector<Hazard> line_hazards() {
  return {
      {"method_empty", with_line(" /hazard HTTP/1.1"), 400},
      {"method_not_a_token", with_line("G(T /hazard HTTP/1.1"), 400},
      {"leading_space", with_line(" GET /hazard HTTP/1.1"), 400},
      {"two_spaces", with_line("GET  /hazard HTTP/1.1"), 400},
      {"two_spaces_before_version", with_line("GET /hazard  HTTP/1.1"), 400},
      {"trailing_space", with_line("GET /hazard HTTP/1.1 "), 400},
      {"tab_for_space", with_line("GET\t/hazard\tHTTP/1.1"), 400},
      {"no_version", with_line("GET /hazard"), 400},
      {"no_target", with_line("GET HTTP/1.1"), 400},
      {"method_only", with_line("GET"), 400},
      {"version_lower_case", with_line("GET /hazard http/1.1"), 400},
      {"version_short", with_line("GET /hazard HTTP/1"), 400},
      {"version_long", with_line("GET /hazard HTTP/1.11"), 400},
      {"version_2_0", with_line("GET /hazard HTTP/2.0"), 505},
      {"version_1_2", with_line("GET /hazard HTTP/1.2"), 505},
      {"version_0_9", with_line("GET /hazard HTTP/0.9"), 505},
      {"http_2_preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"two_empty_lines_first", "\r\n\r\nGET /hazard HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"tls_handshake", "\x16\x03\x01\x02"s, 400},
      {"target_without_slash", with_line("GET hazard HTTP/1.1"), 400},
      {"target_asterisk", with_line("GET * HTTP/1.1"), 400},
      {"target_authority", with_line("CONNECT a:80 HTTP/1.1"), 400},
      {"target_other_scheme", with_line("GET ftp://a/hazard HTTP/1.1"), 400},
      {"target_without_host", with_line("GET http:///hazard HTTP/1.1"), 400},
      {"target_with_user", with_line("GET http://u@a/hazard HTTP/1.1"), 400},
      {"target_without_path", with_line("GET http://a?x HTTP/1.1"), 400},
      {"target_fragment", with_line("GET /hazard#x HTTP/1.1"), 400},
      {"target_control", with_line("GET /haz\x01rd HTTP/1.1"), 400},
      {"target_delete", with_line("GET /haz\x7frd HTTP/1.1"), 400},
      {"target_nul", with_line("GET /haz\0rd HTTP/1.1"s), 400},
      {"target_not_ascii", with_line("GET /haz\xc3\xa9rd HTTP/1.1"), 400},
      {"line_too_long", with_line("GET /" + string(9000, 'h') + " HTTP/1.1"), 414},
      {"line_without_end", "GET /" + string(9000, 'h'), 414},
  };
}

std::vector<Hazard> chunk_hazards() {
  return {
      {"chunk_size_missing", with_chunks("\r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk_size_not_hexadecimal", with_chunks("g\r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk_size_prefixed", with_chunks("0x3\r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk_size_signed", with_chunks("+3\r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk_size_leading_space", with_chunks(" 3\r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk_size_trailing_space", with_chunks("3 \r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk_size_digits", with_chunks("00000000000000003\r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk_size_overflow", with_chunks("10000000000000003\r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk_size_line_feed", with_chunks("3\nabc\r\n0\r\n\r\n"), 400},
      {"chunk_size_carriage_return", with_chunks("3\rabc\r\n0\r\n\r\n"), 400},
      {"chunk_data_too_long", with_chunks("3\r\nabcd\r\n0\r\n\r\n"), 400},
      {"chunk_data_line_feed", with_chunks("3\r\nabc\n0\r\n\r\n"), 400},
      {"chunk_last_line_feed", with_chunks("0\r\n\n"), 400},
      {"chunk_extension_empty", with_chunks("3;\r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk_extension_value_empty", with_chunks("3;a=\r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk_extension_line_feed", with_chunks("3;a=b\nabc\r\n0\r\n\r\n"), 400},
      {"chunk_extension_quoted_line_end", with_chunks("3;a=\"\r\nb\"\r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk_extension_quoted_line_feed", with_chunks("3;a=\"\nb\"\r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk_extension_nul", with_chunks("3;a=\"\0\"\r\nabc\r\n0\r\n\r\n"s), 400},
      {"chunk_extension_too_long", with_chunks("3;a=" + string(1100, 'b') + "\r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk_too_large", with_chunks("100001\r\nabc"), 413},
      {"chunk_much_too_large", with_chunks("ffffffffffffffff\r\nabc"), 413},
      {"trailer_folded", with_chunks("0\r\nA: b\r\n c\r\n\r\n"), 400},
      {"trailer_space_before_colon", with_chunks("0\r\nA : b\r\n\r\n"), 400},
      {"trailer_without_colon", with_chunks("0\r\nA\r\n\r\n"), 400},
      {"trailer_line_feed", with_chunks("0\r\nA: b\n\r\n"), 400},
      {"trailer_nul", with_chunks("0\r\nA: \0\r\n\r\n"s), 400},
      {"trailer_is_a_request", with_chunks("0\r\nGET /behind HTTP/1.1\r\n\r\n"), 400},
      {"trailer_too_large", with_chunks("0\r\nA: " + string(17 * 1024, 'b') + "\r\n\r\n"), 431},
      {"trailer_fields_too_many", with_chunks("0\r\n" + many_fields(101) + "\r\n\r\n"), 431},
  };
}

}  // namespace

const std::vector<Hazard>& hazards() {
  static const std::vector<Hazard> all = [] {
    std::vector<Hazard> gathered;
    for (auto part : {line_hazards(), field_hazards(), framing_hazards(), chunk_hazards()}) {
      gathered.insert(gathered.end(), part.begin(), part.end());
    }
    return gathered;
  }();
  return all;
}

}  // namespace contactd::http::test
