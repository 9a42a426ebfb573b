// What `search` and dedupe look into, derived from the descriptions, and how it follows the rows.
#pragma once

#include "base/fold_case.hpp"
#include "dedupe/keys.hpp"
#include "store/schema.hpp"
#include "store/session.hpp"

namespace contactd::store {

/// The names of the searched fields, for the record of what a search table holds.
template <class T>
std::string searched_fields() {
  std::string names;
  for_each_field<T>([&](const auto& each) {
    if (each.traits.searchable) names += (names.empty() ? "" : ",") + std::string(each.name);
  });
  return names;
}

template <class T>
constexpr bool is_searched() {
  bool searched = false;
  for_each_field<T>([&](const auto& each) { searched = searched || each.traits.searchable; });
  return searched;
}

/// The kinds of members that a search can look into: a text, or children with texts.
template <class Member>
inline constexpr bool has_words =
    std::is_same_v<Member, std::string> || std::is_same_v<Member, std::optional<std::string>>;
template <class Child>
inline constexpr bool has_words<std::vector<Child>> = !std::is_same_v<Child, std::string>;

/// Appends the folded values of the searched fields, a space behind each: no match goes from one value into the next.
template <class T>
void append_searched_words(std::string& words, const T& value) {
  for_each_field<T>([&](const auto& each) {
    using Member = typename std::remove_cvref_t<decltype(each)>::member_type;
    if constexpr (has_words<Member>) {
      if (!each.traits.searchable) return;
      const Member& member = value.*each.member;
      if constexpr (std::is_same_v<Member, std::string>) {
        append_folded(words, member);
      } else if constexpr (resource::is_optional<Member>) {
        if (member) append_folded(words, *member);
      } else {
        for (const auto& child : member) append_searched_words(words, child);
      }
      words += ' ';
    }
  });
}

/// Whether rows of that kind have keys by which duplicates are found.
template <class T>
inline constexpr bool has_dedupe_keys = requires(const T& value) {
  dedupe::keys_of(value);
};

/// What the search table knows of a row: its words, and behind them its keys. Empty when there is nothing to find.
template <class T>
std::string indexed_text(const T* value) {
  std::string text;
  if (value == nullptr) return text;
  append_searched_words(text, *value);
  if (text.find_first_not_of(' ') == std::string::npos) text.clear();
  if constexpr (has_dedupe_keys<T>) {
    for (const std::string& key : dedupe::keys_of(*value)) (text += '\n') += key;
  }
  return text;
}

/// Whether the search table knows the same of both for certain: no field that it is made from differs.
template <class T>
bool indexed_text_stays(const T& before, const T& after) {
  bool stays = true;
  for_each_field<T>([&](const auto& each) {
    if (each.traits.searchable) stays = stays && before.*each.member == after.*each.member;
  });
  if constexpr (has_dedupe_keys<T>) stays = stays && dedupe::keys_stay(before, after);
  return stays;
}

/// Does what a write means for `search`; the row must be there, and is asked for its place when that is not known.
/// Nothing when no searched value and no key changed.
template <class T>
void keep_search(WriteSession& session, const T* before, const T* after, std::optional<std::int64_t> place) {
  if constexpr (is_searched<T>()) {
    if (before != nullptr && after != nullptr && indexed_text_stays(*before, *after)) return;
    std::string text_before = indexed_text(before), text_after = indexed_text(after);
    if (text_before == text_after) return;
    static const std::string table = table_of<T>();
    const std::string& id = (after == nullptr ? before : after)->audit.id;
    session.dialect().search.keep(session, {table, id, place, std::move(text_before), std::move(text_after)});
  }
}

}  // namespace contactd::store
