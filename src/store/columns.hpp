// How a member is kept in a column: its type, its value for a statement, and its way back from a row.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "resource/json_document.hpp"
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
  Values() { values_.reserve(32); }
  std::span<const Value> span() const { return values_; }
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
    std::string& joined = texts_.emplace_back();
    for (const std::string& tag : tags) {
      if (&tag != &tags.front()) joined += ',';
      joined += tag;
    }
    return push(std::string_view(joined));
  }
  /// Children are kept as the JSON array of their objects.
  template <class Child>
  Values& add(const std::vector<Child>& children) {
    std::string& json = texts_.emplace_back("[");
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
  std::vector<Value> values_;
  std::deque<std::string> texts_;
};

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
  void take(Tags& value) {
    std::string_view rest = row_.text(next_++);
    while (!rest.empty()) {
      const auto comma = rest.find(',');
      value.emplace_back(rest.substr(0, comma));
      rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
  }
  template <class Child>
  void take(std::vector<Child>& children) {
    const auto parsed = resource::JsonDocument::parse(row_.text(next_++));
    for (const auto item : std::get<resource::JsonDocument>(parsed).root()) {
      Child& child = children.emplace_back();
      for (const auto member : item) {
        if (member.key() == "id") child.id = std::string(member.text());
        resource::for_each_field<Child>([&](const auto& each) {
          if (each.name == member.key()) child.*each.member = std::string(member.text());
        });
      }
    }
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
