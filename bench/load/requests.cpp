// Lines of a file become requests ready to be sent.
#include "requests.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string_view>

namespace contactd::bench {
namespace {

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t tab; (tab = line.find('\t', begin)) != std::string::npos; begin = tab + 1) {
    parts.push_back(line.substr(begin, tab - begin));
  }
  parts.push_back(line.substr(begin));
  return parts;
}

/// Makes room for the numbers; gives where they begin.
std::vector<std::size_t> replace_placeholders(std::string& body) {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; (at = body.find(number_placeholder, at)) != std::string::npos; at += number_digits) {
    body.replace(at, number_placeholder.size(), number_digits, '0');
    places.push_back(at);
  }
  return places;
}

std::size_t kind_of(std::vector<std::string>& kinds, const std::string& name) {
  const auto found = std::find(kinds.begin(), kinds.end(), name);
  if (found != kinds.end()) return static_cast<std::size_t>(found - kinds.begin());
  kinds.push_back(name);
  return kinds.size() - 1;
}

}  // namespace

RequestSet read_requests(const std::string& path, const std::string& token) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  RequestSet set;
  for (std::string line; std::getline(file, line);) {
    std::vector<std::string> parts = split(line);
    if (parts.size() < 2) throw std::runtime_error("a line without METHOD and PATH in " + path);
    parts.resize(5);
    std::string& body = parts[2];
    Request request{.name = parts[0] + " " + parts[1], .text = {}, .expected = parts[3], .number_places = {}};
    request.number_places = replace_placeholders(body);
    request.text = request.name + " HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer " + token + "\r\n";
    if (!body.empty()) {
      request.text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    }
    request.text += "\r\n";
    for (std::size_t& place : request.number_places) place += request.text.size();
    request.text += body;
    request.kind = kind_of(set.kinds, parts[4]);
    set.requests.push_back(std::move(request));
  }
  if (set.requests.empty()) throw std::runtime_error("no request in " + path);
  return set;
}

void put_number(Request& request, std::uint64_t number) {
  for (const std::size_t place : request.number_places) {
    std::uint64_t rest = number;
    for (std::size_t digit = number_digits; digit-- > 0; rest /= 10) {
      request.text[place + digit] = static_cast<char>('0' + rest % 10);
    }
  }
}

}  // namespace contactd::bench
