// What may stand in braces: names that were kept, and helpers for what is too long or too strange to be written out.
#include <charconv>
#include <ctime>
#include <set>
#include <stdexcept>

#include "scenario.hpp"
#include "tokens.hpp"

namespace contactd::scenario {
namespace {

/// Words of namespaces' reference patterns: they are data.
const std::set<std::string_view> left_alone{"yyyy", "yy", "mm", "dd", "counter"};

int number_of(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw std::runtime_error("not a number: " + std::string(text));
  }
  return number;
}

std::string bytes_of(std::string_view hex) {
  std::string bytes;
  for (const std::string& pair : split(hex, " ")) {
    unsigned value = 0;
    std::from_chars(pair.data(), pair.data() + pair.size(), value, 16);
    bytes += static_cast<char>(value);
  }
  return bytes;
}

std::string day(int days_from_today, const char* format = "%Y-%m-%d") {
  const std::time_t then = std::time(nullptr) + days_from_today * 86'400;
  std::tm parts{};
  gmtime_r(&then, &parts);
  char text[16];
  return {text, std::strftime(text, sizeof text, format, &parts)};
}

std::string numbered(std::string_view text, int count) {
  std::string all;
  for (int number = 1; number <= count; ++number) {
    if (number > 1) all += ',';
    for (const char c : text) all += c == '#' ? std::to_string(number) : std::string(1, c);
  }
  return all;
}

/// "101 'x'": how often, and what stands between the quotes.
std::pair<int, std::string_view> counted(std::string_view rest) {
  const auto space = rest.find(' ');
  if (space == std::string_view::npos || rest.size() < space + 3 || rest[space + 1] != rest.back()) {
    throw std::runtime_error("needs a number and a text in quotes: " + std::string(rest));
  }
  return {number_of(rest.substr(0, space)), rest.substr(space + 2, rest.size() - space - 3)};
}

/// Where the helper that begins at `text` ends: its closing brace outside of its quotes; 0 when there is none.
std::size_t helper_size(std::string_view text) {
  char quote = 0;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (quote == 0 && (text[at] == '\'' || text[at] == '"') && text[at - 1] == ' ') {
      quote = text[at];
    } else if (quote != 0 && text[at] == quote && at + 1 < text.size() && text[at + 1] == '}') {
      quote = 0;
    } else if (quote == 0 && text[at] == '}') {
      return at + 1;
    }
  }
  return 0;
}

std::string value_of(std::string_view inside, const Names& names) {
  const auto space = inside.find(' ');
  const std::string_view word = inside.substr(0, space);
  const std::string_view rest = space == std::string_view::npos ? std::string_view{} : inside.substr(space + 1);
  if (space == std::string_view::npos) {
    if (const auto kept = names.find(word); kept != names.end()) return kept->second;
    if (word == "today") return day(0);
    if (word == "today_digits") return day(0, "%Y%m%d");
    if (word == "yesterday") return day(-1);
    if (word == "tomorrow") return day(1);
    if (left_alone.contains(word)) return "{" + std::string(word) + "}";
    throw std::runtime_error("nothing was kept under the name " + std::string(word));
  }
  if (word == "hex") return bytes_of(rest);
  if (word == "token") return token_for(rest, 0);
  if (word == "expired") return token_for(rest, -7'200);
  const auto [count, text] = counted(rest);
  if (word == "each") return numbered(expand(text, names), count);
  if (word != "repeat") throw std::runtime_error("no such helper: " + std::string(word));
  const std::string piece = expand(text, names);
  std::string all;
  for (int i = 0; i < count; ++i) all += piece;
  return all;
}

bool begins_a_helper(std::string_view text) {
  if (text.size() < 3 || text[1] < 'a' || text[1] > 'z') return false;
  const auto end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789", 1);
  return end != std::string_view::npos && (text[end] == '}' || text[end] == ' ');
}

}  // namespace

std::string expand(std::string_view text, const Names& names) {
  std::string result;
  while (!text.empty()) {
    const auto brace = text.find('{');
    result += text.substr(0, brace);
    if (brace == std::string_view::npos) break;
    text.remove_prefix(brace);
    const std::size_t size = begins_a_helper(text) ? helper_size(text) : 0;
    if (size == 0) {
      result += '{';
      text.remove_prefix(1);
      continue;
    }
    result += value_of(text.substr(1, size - 2), names);
    text.remove_prefix(size);
  }
  return result;
}

}  // namespace contactd::scenario
