// Words, schemas and examples of query parameters.
#include "api/openapi_parameters.hpp"

#include <algorithm>

namespace contactd::api {
namespace {

/// The published examples.
std::string example_of(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> examples[] = {
      {"tags", R"(["individual"])"},
      {"contact", R"("01JVVTX6K82VK4X4RBJBGFKG4C")"},
      {"namespace", R"("Vayana")"},
      {"created_at_after", R"("2025-05-12")"},
      {"created_at_before", R"("2025-05-19")"},
      {"page_size", "15"},
  };
  for (const auto& [known, example] : examples) {
    if (known == name) return std::string(example);
  }
  return {};
}

Parameter made(std::string_view name, std::string description, std::string schema) {
  return {
      .name = name, .description = std::move(description), .schema = std::move(schema), .example = example_of(name)};
}

std::string whole_schema(std::int64_t maximum, std::int64_t value_by_default) {
  const std::string limit = maximum > 0 ? R"(,"maximum":)" + std::to_string(maximum) : "";
  return R"({"type":"integer","minimum":1)" + limit + R"(,"default":)" + std::to_string(value_by_default) + "}";
}

Parameter filter_parameter(const ListFilter& filter) {
  if (filter.kind == ListFilter::Kind::tags) {
    Parameter tags = made(filter.parameter,
                          "Keeps rows that have any of these, at most " + std::to_string(filter_values_max) +
                              ". Separated by commas, or repeated.",
                          R"({"type":"array","items":{"type":"string"}})");
    tags.several = Several::commas;
    return tags;
  }
  std::string rule;
  filter.schema(rule);
  return made(filter.parameter, "Keeps rows that have exactly this. " + std::string(filter.doc), std::move(rule));
}

}  // namespace

std::vector<Parameter> expand_parameters(const std::vector<std::string_view>& words, std::size_t children_max) {
  if (words.empty()) return {};
  std::string choices;
  for (const std::string_view word : words) {
    if (!choices.empty()) choices += ',';
    resource::append_json_string(choices, word);
  }
  Parameter expand = made("expand",
                          "What else to show, in the place of an id or a name or beside the fields; of children the "
                          "newest " +
                              std::to_string(children_max) + " of each kind. Separated by commas, or repeated.",
                          R"({"type":"array","items":{"type":"string","enum":[)" + choices + "]}}");
  expand.example = "[" + choices.substr(0, choices.find(',')) + "]";
  expand.several = Several::commas;
  return {expand};
}

std::vector<Parameter> parameters_of(const ListOffer& offer, const std::string& searched) {
  constexpr std::string_view date = R"({"anyOf":[{"type":"string","format":"date"},)"
                                    R"({"type":"string","format":"date-time"}]})";
  std::string choices;
  for (const ListOrder& order : offer.orders) {
    for (const std::string_view sign : {"", "-"}) {
      if (!choices.empty()) choices += ',';
      resource::append_json_string(choices, std::string(sign).append(order.name));
    }
  }
  std::vector<Parameter> list = expand_parameters(offer.expand_words, children_shown_in_lists_max);
  for (const ListFilter& filter : offer.filters) list.push_back(filter_parameter(filter));
  if (offer.searched) {
    list.push_back(made("search",
                        "Keeps rows where each of these words is contained, ignoring case, in one of " + searched +
                            ". At most " + std::to_string(search_words_max) + " words.",
                        R"({"type":"string","maxLength":)" + std::to_string(search_characters_max) + "}"));
  }
  list.push_back(
      made("created_at_after", "Keeps what was made then or later. A date is the whole day, UTC.", std::string(date)));
  list.push_back(made("created_at_before", "Keeps what was made then or earlier. A date is the whole day, UTC.",
                      std::string(date)));
  list.push_back(made("ordering", "The order of the rows; `-` before the name for descending. Ties are by id.",
                      R"({"type":"string","enum":[)" + choices + R"(],"default":"-created_at"})"));
  list.push_back(made("page", "Which page, from 1. Not together with `cursor`.", whole_schema(0, 1)));
  list.push_back(made("page_size", "How many rows a page has.", whole_schema(page_size_max, page_size_default)));
  list.push_back(made("cursor",
                      "The `next_cursor` of the answer before, with the same filters and order. Costs the same at any "
                      "depth, and sees each row once however many are added meanwhile.",
                      R"({"type":"string"})"));
  return list;
}

}  // namespace contactd::api
