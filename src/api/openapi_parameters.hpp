// The query parameters of lists, derived from the same filters and orders by which lists are read.
#pragma once

#include "api/list.hpp"
#include "api/operation.hpp"

namespace contactd::api {

/// All that a list takes. `searched`: the names of the fields that `search` looks into.
std::vector<Parameter> parameters_of(const ListOffer& offer, const std::string& searched = {});

template <class T>
std::vector<Parameter> list_parameters() {
  std::string searched;
  resource::for_each_field<T>([&](const auto& each) {
    if (each.traits.searchable) searched.append(searched.empty() ? "`" : ", `").append(each.name) += '`';
  });
  return parameters_of(offer_of<T>(), searched);
}

/// `expand`; nothing when there is nothing to expand.
std::vector<Parameter> expand_parameters(const std::vector<std::string_view>& words, std::size_t children_max);

/// All that a single resource takes.
template <class T>
std::vector<Parameter> retrieve_parameters() {
  return expand_parameters(expand_words<T>(), children_shown_max);
}

}  // namespace contactd::api
