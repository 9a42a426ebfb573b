// Rules that concern a property as a whole, and a list of them as a whole.
#include "model/props.hpp"

#include <algorithm>
#include <set>

namespace contactd::model {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// ^[+-]?[0-9]+(\.[0-9]+)?$
bool is_number(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  const auto whole_end = std::find_if_not(text.begin(), text.end(), is_digit);
  if (whole_end == text.begin()) return false;
  if (whole_end == text.end()) return true;
  return *whole_end == '.' && whole_end + 1 != text.end() && std::all_of(whole_end + 1, text.end(), is_digit);
}

}  // namespace

void check(const Prop& prop, const resource::Path& at, Violations& violations) {
  using resource::Path;
  if (prop.key == "." || prop.key == "..") {
    violations.push_back({Path(at, "key").text(), "invalid_format", "must not be a dot segment"});
  }
  if (prop.type == "number" && !is_number(prop.value)) {
    violations.push_back({Path(at, "value").text(), "invalid_format", "must match ^[+-]?[0-9]+(\\.[0-9]+)?$"});
  }
  if (prop.type == "boolean" && prop.value != "true" && prop.value != "false") {
    violations.push_back({Path(at, "value").text(), "not_a_choice", "must be one of true, false"});
  }
}

std::vector<Prop> resolve_props(const std::vector<Prop>& current, std::vector<Prop> sent, Violations& violations) {
  std::set<std::string> keys;
  const resource::Path body_path;
  const resource::Path props(body_path, "props");
  for (std::size_t i = 0; i < sent.size(); ++i) {
    Prop& prop = sent[i];
    const auto known = std::find_if(current.begin(), current.end(), [&](const Prop& each) {
      return prop.key.empty() ? each.id == prop.id : each.key == prop.key;
    });
    if (prop.key.empty()) {
      if (known == current.end()) {
        violations.push_back({resource::Path(props, i).text(), "does_not_exist", "the contact has no such property"});
        continue;
      }
      prop = *known;
    } else {
      prop.id = known == current.end() ? std::string{} : known->id;
    }
    if (!keys.insert(prop.key).second) {
      violations.push_back({resource::Path(props, i).text(), "duplicate", "stands in the list already"});
    }
  }
  return sent;
}

}  // namespace contactd::model
