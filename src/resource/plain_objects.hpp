// A quick way through JSON that this program wrote itself: lists of objects whose members are all plain strings.
#pragma once

#include <string_view>

namespace contactd::resource {

/// Walks `[{"name":"text",…},…]`, calling `on_object()` where one begins and `on_member(name, text)` for each member.
/// False as soon as anything is written in another way (white space, an escape, a number): what was told until then
/// means nothing, and the text is one for JsonDocument.
template <class OnObject, class OnMember>
bool walk_plain_objects(std::string_view json, OnObject&& on_object, OnMember&& on_member) {
  const auto take = [&](char expected) {
    if (json.empty() || json.front() != expected) return false;
    json.remove_prefix(1);
    return true;
  };
  const auto take_string = [&](std::string_view& text) {
    if (!take('"')) return false;
    std::size_t end = 0;
    while (end < json.size() && json[end] != '"' && json[end] != '\\') ++end;
    if (end == json.size() || json[end] == '\\') return false;
    text = json.substr(0, end);
    json.remove_prefix(end + 1);
    return true;
  };
  if (!take('[')) return false;
  if (take(']')) return json.empty();
  do {
    if (!take('{')) return false;
    on_object();
    do {
      std::string_view name, text;
      if (!take_string(name) || !take(':') || !take_string(text)) return false;
      on_member(name, text);
    } while (take(','));
    if (!take('}')) return false;
  } while (take(','));
  return take(']') && json.empty();
}

}  // namespace contactd::resource
