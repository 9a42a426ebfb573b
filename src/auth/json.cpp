// Builds our small JSON tree from the events of Boost.JSON's parser, which by itself would keep the last of two equal
// names.
#include "auth/json.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <cstdint>
#include <utility>

namespace contactd::auth {
namespace {

using boost::system::error_code;
using Part = boost::json::string_view;

bool has_repeated(const std::vector<std::string>& names) {
  std::vector<std::string_view> sorted(names.begin(), names.end());
  std::sort(sorted.begin(), sorted.end());
  return std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
}

/// Boost.JSON's handler interface; every function gives false, with `error` set, to stop the parser.
class Builder {
 public:
  static constexpr std::size_t max_object_size = SIZE_MAX;
  static constexpr std::size_t max_array_size = SIZE_MAX;
  static constexpr std::size_t max_key_size = SIZE_MAX;
  static constexpr std::size_t max_string_size = SIZE_MAX;

  Json result;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return open(Json::Kind::object); }
  bool on_array_begin(error_code&) { return open(Json::Kind::array); }
  bool on_array_end(std::size_t, error_code&) { return close(); }
  bool on_object_end(std::size_t, error_code& error) {
    if (has_repeated(open_.back().names)) {
      error = boost::system::errc::make_error_code(boost::system::errc::invalid_argument);
      return false;
    }
    return close();
  }

  bool on_key_part(Part part, std::size_t, error_code&) { return gather(part); }
  bool on_key(Part part, std::size_t, error_code&) {
    gather(part);
    open_.back().names.push_back(std::exchange(gathered_, {}));
    return true;
  }
  bool on_string_part(Part part, std::size_t, error_code&) { return gather(part); }
  bool on_string(Part part, std::size_t, error_code&) {
    gather(part);
    Json value{.kind = Json::Kind::string};
    value.text = std::exchange(gathered_, {});
    return add(std::move(value));
  }

  bool on_number_part(Part, error_code&) { return true; }
  bool on_int64(std::int64_t value, Part, error_code&) { return add_number(static_cast<double>(value)); }
  bool on_uint64(std::uint64_t value, Part, error_code&) { return add_number(static_cast<double>(value)); }
  bool on_double(double value, Part, error_code&) { return add_number(value); }
  bool on_bool(bool, error_code&) { return add(Json{.kind = Json::Kind::boolean}); }
  bool on_null(error_code&) { return add(Json{}); }
  bool on_comment_part(Part, error_code&) { return true; }
  bool on_comment(Part, error_code&) { return true; }

 private:
  bool gather(Part part) {
    gathered_.append(part.data(), part.size());
    return true;
  }
  bool open(Json::Kind kind) {
    open_.push_back(Json{.kind = kind});
    return true;
  }
  bool close() {
    Json value = std::move(open_.back());
    open_.pop_back();
    return add(std::move(value));
  }
  bool add_number(double value) { return add(Json{.kind = Json::Kind::number, .number = value}); }
  bool add(Json&& value) {
    if (open_.empty()) {
      result = std::move(value);
    } else {
      open_.back().items.push_back(std::move(value));
    }
    return true;
  }

  std::vector<Json> open_;  // the containers around the place where the parser stands, outermost first
  std::string gathered_;
};

}  // namespace

const Json* Json::find(std::string_view name) const {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? nullptr : &items[static_cast<std::size_t>(found - names.begin())];
}

std::optional<Json> parse_json(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = Json::depth_max;
  boost::json::basic_parser<Builder> parser(options);
  error_code error;
  // write_some stops behind the value and the white space after it.
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  if (error || read != text.size()) return std::nullopt;
  return std::move(parser.handler().result);
}

std::string json_quoted(std::string_view text) {
  return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

}  // namespace contactd::auth
