// Reading list parameters: every violation at once, an empty value counts as absent.
#include "api/list_parameters.hpp"

#include <algorithm>
#include <charconv>

#include "api/expand.hpp"
#include "base/fold_case.hpp"
#include "base/time.hpp"
#include "base/ulid.hpp"
#include "resource/text.hpp"

namespace contactd::api {
namespace {

class ParameterReader {
 public:
  ParameterReader(const Call& call, Violations& violations) : call_(call), violations_(violations) {}

  /// The value of a parameter that may stand once; empty counts as absent.
  std::optional<std::string> single(std::string_view name) {
    known_.insert(name);
    std::optional<std::string> value;
    std::size_t times = 0;
    for (const auto& [each, text] : call_.target.parameters) {
      if (each != name) continue;
      ++times;
      if (!text.empty()) value = text;
    }
    if (times > 1) refuse(name, "duplicate", "may be given only once");
    if (value && resource::has_nul(*value)) {
      refuse(name, "invalid_character", "must not contain U+0000");
      return std::nullopt;
    }
    return value;
  }

  /// As Call::several.
  std::vector<std::string> several(std::string_view name) {
    known_.insert(name);
    return call_.several(name);
  }

  std::optional<std::int64_t> whole(std::string_view name, std::int64_t minimum, std::int64_t maximum) {
    const auto text = single(name);
    if (!text) return std::nullopt;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc{} || end != text->data() + text->size() || number < minimum || number > maximum) {
      refuse(name, "out_of_range",
             maximum < INT64_MAX
                 ? "must be a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum)
                 : "must be a whole number from " + std::to_string(minimum));
      return std::nullopt;
    }
    return number;
  }

  std::optional<DateOrInstant> time(std::string_view name) {
    const auto text = single(name);
    if (!text) return std::nullopt;
    const auto time = parse_date_or_instant(*text);
    if (!time) refuse(name, "invalid_format", "must be a date, or an RFC 3339 instant with an offset");
    return time;
  }

  void refuse(std::string_view name, std::string_view code, std::string message) {
    violations_.push_back({std::string(name), std::string(code), std::move(message)});
  }
  void refuse_unknown() {
    for (const auto& [name, value] : call_.target.parameters) {
      if (violations_.size() >= violations_max) return;
      if (!known_.contains(name)) refuse(name, "unknown_parameter", "there is no such parameter here");
    }
  }

 private:
  const Call& call_;
  Violations& violations_;
  std::set<std::string_view> known_;
};

/// Lengths stand before texts, so that no two filters make the same binding.
void bind_to(ListRequest& request, std::string_view name, std::string_view value) {
  request.binding += std::to_string(name.size()) + ":" + std::string(name) + "=" + std::to_string(value.size()) + ":" +
                     std::string(value) + ";";
}

void read_filter(ParameterReader& reader, const ListFilter& filter, ListRequest& request) {
  if (filter.kind == ListFilter::Kind::tags) {
    request.query.tags = reader.several(filter.parameter);
    if (request.query.tags.size() > filter_values_max) {
      return reader.refuse(filter.parameter, "too_many",
                           "must have at most " + std::to_string(filter_values_max) + " values");
    }
    std::sort(request.query.tags.begin(), request.query.tags.end());
    for (const std::string& tag : request.query.tags) {
      bind_to(request, filter.parameter, tag);
      if (resource::has_control_character(tag) || resource::code_points(tag) > 50) request.query.nothing = true;
    }
    return;
  }
  auto value = reader.single(filter.parameter);
  if (!value) return;
  if (const auto finding = filter.check(*value)) {
    return reader.refuse(filter.parameter, finding->code, finding->message);
  }
  bind_to(request, filter.parameter, *value);
  switch (filter.kind) {
    case ListFilter::Kind::name:
      request.by_name = resource::Named{{}, *value};
      request.by_name_table = filter.table;
      request.by_name_column = filter.column;
      return;
    case ListFilter::Kind::yes_no:
      request.query.equalities.push_back({filter.column, std::int64_t{*value == "true" ? 1 : 0}, filter.counted});
      return;
    default:
      request.query.equalities.push_back({filter.column, *value, filter.counted, filter.sorts});
  }
}

void read_search(ParameterReader& reader, ListRequest& request) {
  const auto text = reader.single("search");
  if (!text) return;
  if (resource::code_points(*text) > search_characters_max) {
    return reader.refuse("search", "too_long",
                         "must have at most " + std::to_string(search_characters_max) + " characters");
  }
  request.query.words = folded_words(*text);
  if (request.query.words.size() > search_words_max) {
    return reader.refuse("search", "too_many", "must have at most " + std::to_string(search_words_max) + " words");
  }
  for (const std::string& word : request.query.words) {
    if (resource::code_points(word) > search_word_characters_max) {
      return reader.refuse("search", "too_long",
                           "must have words of at most " + std::to_string(search_word_characters_max) + " characters");
    }
    bind_to(request, "search", word);
  }
}

void read_dates(ParameterReader& reader, ListRequest& request) {
  const auto after = reader.time("created_at_after");
  const auto before = reader.time("created_at_before");
  if (after && before && after->first > before->last) {
    reader.refuse("created_at_after", "out_of_range", "must not be later than created_at_before");
  }
  if (after) request.query.id_from = first_id_of(after->first);
  if (before) request.query.id_to = last_id_of(before->last);
  if (after) bind_to(request, "created_at_after", *request.query.id_from);
  if (before) bind_to(request, "created_at_before", *request.query.id_to);
}

void read_order(ParameterReader& reader, const std::vector<ListOrder>& orders, ListRequest& request) {
  request.ordering = reader.single("ordering").value_or("-created_at");
  std::string_view name = request.ordering;
  request.query.descending = name.starts_with('-');
  if (request.query.descending) name.remove_prefix(1);
  const auto order =
      std::find_if(orders.begin(), orders.end(), [&](const ListOrder& each) { return each.name == name; });
  if (order == orders.end()) {
    std::string choices;
    for (const ListOrder& each : orders) choices += (choices.empty() ? "" : ", ") + std::string(each.name);
    return reader.refuse("ordering", "not_a_choice", "must be one of " + choices + ", or one with - before it");
  }
  request.query.order = order->expression;
  bind_to(request, "ordering", request.ordering);
}

}  // namespace

ListRequest read_list_parameters(const Call& call, const ListOffer& offer) {
  Violations violations;
  ParameterReader reader(call, violations);
  ListRequest request;
  bind_to(request, "list", offer.name);
  for (const ListFilter& filter : offer.filters) read_filter(reader, filter, request);
  if (offer.searched) read_search(reader, request);
  read_dates(reader, request);
  read_order(reader, offer.orders, request);
  if (!offer.expand_words.empty()) {
    request.expand = reader.several("expand");
    check_expand(request.expand, offer.expand_words, violations);
  }
  const auto page = reader.whole("page", 1, INT64_MAX);
  request.page = page.value_or(1);
  request.page_size = reader.whole("page_size", 1, page_size_max).value_or(page_size_default);
  request.cursor = reader.single("cursor");
  if (page && request.cursor) reader.refuse("cursor", "conflict", "cannot be given together with page");
  reader.refuse_unknown();
  if (!violations.empty()) throw Problem(violations);
  return request;
}

}  // namespace contactd::api
