// How a member is kept in a column: its type, its value for a statement, and its way back from a row.
#pragma once

#include <boost/container/small_vector.hpp>
#include <forward_list>
#include <optional>
#include <string>
#include <vector>

#include "resource/json_document.hpp"
#include "resource/plain_objects.hpp"
#include "resource/write.hpp"
#include "store/connection.hpp"

namespace contactd::store {

using resource::FreeObject;
using resource::Named;
using resource::Tags;

/// The type of a member's column in SQL, with NOT NULL where it always has a value.
template <class Member>
constexpr std::string_view column_type() {
  if constexpr (resource::is_optional<Member>) {
    using Held = typename Member::value_type;
    return std::is_same_v<Held, Time> ? "BIGINT" : "TEXT";
  } else {
    return std::is_same_v<Member, bool> || std::is_same_v<Member, std::int64_t> || std::is_same_v<Member, Time>
               ? "BIGINT NOT NULL"
               : "TEXT NOT NULL";
  }
}

/// The values of one statement, in the order of `$1`, `$2` …, with the texts that had to be made for it.
class Values {
 public:
  std::span<const Value> span() const { return {values_.data(), values_.size()}; }
  std::size_t size() const { return values_.size(); }

  Values& add(std::string_view text) { return push(text); }
  Values& add(const char* text) { return push(std::string_view(text)); }
  Values& add(const std::string& text) { return push(std::string_view(text)); }
  Values& add(std::int64_t number) { return push(number); }
  Values& add(bool value) { return push(static_cast<std::int64_t>(value)); }
  Values& add(Time time) { return push(time.microseconds); }
  Values& add(const Named& reference) { return push(std::string_view(reference.id)); }
  Values& add(const FreeObject& object) { return push(std::string_view(object.text)); }
  /// Labels have no comma, so one joins them.
  Values& add(const Tags& tags) {
    std::string& joined = texts_.emplace_front();
    for (const std::string& tag : tags) {
      if (&tag != &tags.front()) joined += ',';
      joined += tag;
    }
    return push(std::string_view(joined));
  }
  /// Children are kept as the JSON array of their objects.
  template <class Child>
  Values& add(const std::vector<Child>& children) {
    std::string& json = texts_.emplace_front("[");
    for (const Child& child : children) {
      if (&child != &children.front()) json += ',';
      resource::append_resource(json, child, {});
    }
    json += ']';
    return push(std::string_view(json));
  }
  template <class Held>
  Values& add(const std::optional<Held>& value) {
    return value ? add(*value) : push(std::monostate{});
  }

 private:
  Values& push(Value value) {
    values_.push_back(value);
    return *this;
  }
  /// Most statements have no more: their values cost no allocation.
  static constexpr std::size_t values_in_place = 32;
  boost::container::small_vector<Value, values_in_place> values_;
  std::forward_list<std::string> texts_;  // stay where they are while more are added
};

/// Labels, as `Values::add` joins them.
template <class Visit>
void for_each_label(std::string_view text, Visit&& visit) {
  while (!text.empty()) {
    const auto comma = text.find(',');
    visit(text.substr(0, comma));
    text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
  }
}

inline void take_text(std::string_view text, Tags& tags) {
  for_each_label(text, [&](std::string_view label) { tags.emplace_back(label); });
}

/// Children, as `Values::add` writes them; most have nothing that is escaped.
template <class Child>
void take_text(std::string_view json, std::vector<Child>& children) {
  const auto begin = [&] { children.emplace_back(); };
  const auto set = [&](std::string_view name, std::string_view text) {
    Child& child = children.back();
    if (name == "id") child.id.assign(text);
    resource::for_each_field<Child>([&](const auto& each) {
      if (each.name == name) (child.*each.member).assign(text);
    });
  };
  if (resource::walk_plain_objects(json, begin, set)) return;
  children.clear();
  const auto parsed = resource::JsonDocument::parse(json);
  for (const auto item : std::get<resource::JsonDocument>(parsed).root()) {
    begin();
    for (const auto member : item) set(member.key(), member.text());
  }
}

/// Takes the columns of a row one after the other.
class Columns {
 public:
  explicit Columns(const Row& row) : row_(row) {}

  void take(std::string& value) { value.assign(row_.text(next_++)); }
  void take(std::int64_t& value) { value = row_.integer(next_++); }
  void take(bool& value) { value = row_.integer(next_++) != 0; }
  void take(Time& value) { value.microseconds = row_.integer(next_++); }
  void take(FreeObject& value) { value.text.assign(row_.text(next_++)); }
  /// A reference shown by name stands in two columns of the answer: its id, and the name it has now.
  void take(Named& value) {
    value.id.assign(row_.text(next_++));
    value.name.assign(row_.text(next_++));
  }
  void take(Tags& value) { take_text(row_.text(next_++), value); }
  template <class Child>
  void take(std::vector<Child>& children) {
    take_text(row_.text(next_++), children);
  }
  template <class Held>
  void take(std::optional<Held>& value) {
    if (row_.is_null(next_)) {
      ++next_;
    } else {
      take(value.emplace());
    }
  }

 private:
  const Row& row_;
  int next_ = 0;
};

}  // namespace contactd::store
