// A scenario file as data: steps with their requests and what is expected of the answers. README.md has the format.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace contactd::scenario {

/// A line of the file behind its first word, its continuation lines included; helpers are not expanded yet.
struct Directive {
  std::string word = {};  ///< gives, header, json, has, …
  std::string text = {};
  int line = 0;
};

struct RequestPattern {
  std::string method = {};
  std::string target = {};
  std::string caller = {};  ///< "user@tenant [scopes]"; empty: without a token
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::vector<std::string> left_out = {};  ///< Headers that would otherwise be sent by themselves.
  std::string body = {};
  bool has_body = false;
  int line = 0;
};

/// The rows under `for each`: each is one run of the step, its cells are names to be used in it.
struct Table {
  std::vector<std::string> names;
  struct Row {
    std::vector<std::string> cells;
    int line = 0;
  };
  std::vector<Row> rows;
};

struct Step {
  enum class Kind { plain, at_once, walk, restart };
  Kind kind = Kind::plain;
  std::string title = {};
  int line = 0;
  int times = 1;      ///< plain: one after the other; at_once: copies of each request
  int page_size = 0;  ///< walk
  std::vector<RequestPattern> requests = {};
  std::vector<Directive> expectations = {};
  Table table = {};
};

struct Scenario {
  std::string path = {};
  std::vector<Step> steps = {};
};

/// Reads a file. Throws std::runtime_error "<path>:<line>: what" for a line that it does not understand.
Scenario read_scenario(const std::string& path);

/// Values that steps have kept, by name.
using Names = std::map<std::string, std::string, std::less<>>;

/// Replaces {name} and the helpers {repeat …}, {each …}, {hex …}, {token …}, … in a text; what is in braces and looks
/// like neither stays, so that JSON needs no escapes. Throws std::runtime_error for a name that nothing was kept under.
std::string expand(std::string_view text, const Names& names);

std::string_view trimmed(std::string_view text);
std::vector<std::string> split(std::string_view text, std::string_view separator);

}  // namespace contactd::scenario
