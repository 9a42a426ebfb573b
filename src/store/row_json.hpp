// From a row's columns to the JSON of an answer, with no resource in between: most of what is read is only shown.
#pragma once

#include <array>

#include "store/sql.hpp"

namespace contactd::store {

/// Of what `select_list` names, the column in which each field stands; a reference by name has two.
template <class T>
inline constexpr auto field_columns = [] {
  std::array<int, resource::field_count<T>> columns{};
  int next = 6;  // behind the audit columns
  for_each_field_indexed<T>([&](const auto& each, std::size_t index) {
    columns[index] = next;
    next += std::is_same_v<typename std::remove_cvref_t<decltype(each)>::member_type, Named> ? 2 : 1;
  });
  return columns;
}();

/// The ids of children, as they are shown; nothing of the rest of them is needed.
inline bool append_ids_of_plain_objects(std::string& out, std::string_view json) {
  const std::size_t start = out.size();
  out += '[';
  const bool is_plain = resource::walk_plain_objects(
      json, [&] { out += out.size() == start + 1 ? "" : ","; },
      [&](std::string_view name, std::string_view text) {
        if (name == "id") resource::append_json_string(out, text);
      });
  out += ']';
  if (!is_plain) out.resize(start);
  return is_plain;
}

/// Appends what `append_value` would make of the member that is kept in that column.
template <class Member>
void append_column(std::string& out, const Row& row, int column) {
  if constexpr (resource::is_optional<Member>) {
    append_column<typename Member::value_type>(out, row, column);
  } else if constexpr (std::is_same_v<Member, std::string>) {
    resource::append_json_string(out, row.text(column));
  } else if constexpr (std::is_same_v<Member, Named>) {
    resource::append_json_string(out, row.text(column + 1));
  } else if constexpr (std::is_same_v<Member, bool>) {
    resource::append_value(out, row.integer(column) != 0);
  } else if constexpr (std::is_same_v<Member, std::int64_t>) {
    resource::append_value(out, row.integer(column));
  } else if constexpr (std::is_same_v<Member, Time>) {
    resource::append_value(out, Time{row.integer(column)});
  } else if constexpr (std::is_same_v<Member, FreeObject>) {
    out += row.text(column);
  } else if constexpr (std::is_same_v<Member, Tags>) {
    char before = '[';
    for_each_label(row.text(column), [&](std::string_view label) {
      out += before;
      before = ',';
      resource::append_json_string(out, label);
    });
    out += before == '[' ? "[]" : "]";
  } else if (!append_ids_of_plain_objects(out, row.text(column))) {
    Member children;
    take_text(row.text(column), children);
    resource::append_value(out, children);
  }
}

/// A row of `select_list` as the source of a resource's members.
template <class T>
class RowSource {
 public:
  explicit RowSource(const Row& row) : row_(row) {}

  void append_head(resource::JsonObject& object, std::string_view tenant_id) const {
    const std::string_view updated_by = row_.text(2);
    resource::append_audit(object, row_.text(0), tenant_id, row_.text(1),
                           updated_by.data() == nullptr ? std::nullopt : std::optional(updated_by),
                           Time{row_.integer(3)}, Time{row_.integer(4)});
  }
  template <class FieldType>
  void append(resource::JsonObject& object, const FieldType& each, std::size_t index) const {
    using Member = typename FieldType::member_type;
    const int column = field_columns<T>[index];
    if (resource::is_optional<Member> && row_.is_null(column)) {
      if (each.traits.always_shown) object.null(each.leaf());
      return;
    }
    append_column<Member>(object.member(each.leaf()), row_, column);
  }

 private:
  const Row& row_;
};

/// What `append_resource` would make of `read_row`.
template <class T>
void append_row(std::string& out, const Row& row, std::string_view tenant_id) {
  resource::JsonObject object(out);
  resource::append_members_from<T>(object, RowSource<T>(row), tenant_id);
}

inline std::int64_t version_of(const Row& row) {
  return row.integer(5);
}

}  // namespace contactd::store
