// `expand`: what else an answer shows of a resource, fetched for all its rows at once. Contract section 1.6.
#pragma once

#include <map>
#include <vector>

#include "api/call.hpp"
#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/contact.hpp"
#include "model/relation.hpp"
#include "resource/write.hpp"

namespace contactd::api {

inline constexpr std::size_t children_shown_max = 100;          ///< Of each kind, on a single resource.
inline constexpr std::size_t children_shown_in_lists_max = 10;  ///< Of each kind, with every row of a list.

/// What `expand` was asked for.
using Words = std::vector<std::string>;

/// What stands in the place of a field, or behind all fields, as JSON.
using Expanded = std::map<std::string_view, std::string>;

/// The words that a resource's `expand` knows: fields that can be shown as the object they stand for, and what is shown
/// beside them.
template <class T>
const std::vector<std::string_view>& expand_words() {
  static const std::vector<std::string_view> words = [] {
    std::vector<std::string_view> all;
    resource::for_each_field<T>([&](const auto& each) {
      if (each.traits.expandable) all.push_back(each.name);
    });
    for (const std::string_view extra : resource::description<T>.names.extras) {
      if (!extra.empty()) all.push_back(extra);
    }
    return all;
  }();
  return words;
}

/// Adds a violation for every word that is not known.
void check_expand(const Words& words, const std::vector<std::string_view>& known, Violations& violations);

/// The `expand` of a request that shows a single resource and takes no other parameter. Throws Problem `validation`.
Words read_expand(const Call& call, const std::vector<std::string_view>& known);

/// One `Expanded` for each row, in their order.
std::vector<Expanded> expand(store::Session& session, const std::vector<model::Contact>& rows, const Words& words,
                             std::size_t children_max);
std::vector<Expanded> expand(store::Session& session, const std::vector<model::Address>& rows, const Words& words,
                             std::size_t children_max);
std::vector<Expanded> expand(store::Session& session, const std::vector<model::Bank>& rows, const Words& words,
                             std::size_t children_max);
std::vector<Expanded> expand(store::Session& session, const std::vector<model::Relation>& rows, const Words& words,
                             std::size_t children_max);
inline std::vector<Expanded> expand(store::Session&, const std::vector<model::Namespace>& rows, const Words&,
                                    std::size_t) {
  return std::vector<Expanded>(rows.size());
}

/// A resource with what was expanded of it.
template <class T>
void append_expanded(std::string& out, const T& value, std::string_view tenant_id, const Expanded& expanded) {
  resource::JsonObject object(out);
  resource::append_members(object, value, tenant_id, [&](std::string_view field) -> const std::string* {
    const auto found = expanded.find(field);
    return found == expanded.end() ? nullptr : &found->second;
  });
  for (const std::string_view extra : resource::description<T>.names.extras) {
    if (const auto found = expanded.find(extra); found != expanded.end()) object.member(extra) += found->second;
  }
}

}  // namespace contactd::api
