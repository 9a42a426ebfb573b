// Lists, for whatever has a description: filters, orders, exact count, pages and cursors. Contract section 1.6.
#pragma once

#include "api/call.hpp"
#include "api/cursor.hpp"
#include "api/expand.hpp"
#include "api/list_parameters.hpp"
#include "resource/write.hpp"
#include "store/row_json.hpp"
#include "store/search.hpp"

namespace contactd::api {

/// How a field's rule checks the value of a parameter. A reference must be a well-formed id, existing or not.
template <class T, std::size_t Index>
std::optional<resource::Finding> check_filter_value(std::string& value) {
  constexpr auto each = std::get<Index>(resource::description<T>.fields);
  using Rule = std::remove_cvref_t<decltype(each.rule)>;
  if constexpr (std::is_same_v<Rule, resource::Reference>) {
    if (each.rule.check(value)) return resource::Finding{"invalid_id", "must be an id"};
    return std::nullopt;
  } else if constexpr (resource::TextRule<Rule>) {
    return each.rule.check(value);
  } else {
    return resource::Choice{{"true", "false"}}.check(value);
  }
}

template <class T, std::size_t Index>
void append_filter_schema(std::string& out) {
  std::get<Index>(resource::description<T>.fields).rule.schema(out);
}

template <class T, std::size_t... Indexes>
std::vector<ListFilter> make_filters(std::index_sequence<Indexes...>) {
  std::vector<ListFilter> filters;
  const auto add = [&]<std::size_t Index>() {
    const auto& each = std::get<Index>(resource::description<T>.fields);
    using Member = typename std::remove_cvref_t<decltype(each)>::member_type;
    if (each.traits.filter.empty()) return;
    ListFilter filter{each.traits.filter, resource::column_of(each), each.traits.counted};
    filter.doc = each.doc;
    filter.schema = append_filter_schema<T, Index>;
    if constexpr (std::is_same_v<Member, std::optional<resource::Tags>>) {
      filter.kind = ListFilter::Kind::tags;
    } else {
      filter.check = check_filter_value<T, Index>;
      filter.sorts = store::begins_a_unique<T>(each.name);
      if constexpr (std::is_same_v<Member, bool>) filter.kind = ListFilter::Kind::yes_no;
      if constexpr (std::is_same_v<Member, resource::Named>) {
        filter.kind = ListFilter::Kind::name;
        filter.table = each.rule.table;
      }
    }
    filters.push_back(filter);
  };
  (add.template operator()<Indexes>(), ...);
  return filters;
}

template <class T>
std::vector<ListOrder> make_orders() {
  const std::string of = store::table_of<T>() + ".";
  std::vector<ListOrder> orders{{"created_at", ""}, {"updated_at", of + "updated_at"}};
  resource::for_each_field<T>([&](const auto& each) {
    if (each.traits.sortable) orders.push_back({each.name, store::sort_expression(each, of)});
  });
  return orders;
}

/// What the list of a resource can be asked for, by its description.
template <class T>
const ListOffer& offer_of() {
  static const ListOffer offer{std::string(resource::description<T>.names.plural),
                               make_filters<T>(std::make_index_sequence<resource::field_count<T>>{}), make_orders<T>(),
                               expand_words<T>(), store::is_searched<T>()};
  return offer;
}

/// Where a row stands in an order.
template <class T>
store::Position position_of(const T& row, std::string_view order_name) {
  store::Position position{std::string{}, row.audit.id};
  if (order_name == "updated_at") position.value = row.audit.updated_at.microseconds;
  resource::for_each_field<T>([&](const auto& each) {
    using Member = typename std::remove_cvref_t<decltype(each)>::member_type;
    if (each.name != order_name) return;
    if constexpr (std::is_same_v<Member, std::string>) position.value = row.*each.member;
    if constexpr (std::is_same_v<Member, std::optional<std::string>>) position.value = (row.*each.member).value_or("");
  });
  return position;
}

/// The numbers of an answer, beside its rows.
struct Envelope {
  std::int64_t count = 0;
  std::int64_t page = 1;  ///< 0 when the page was asked for by cursor.
  std::int64_t page_size = page_size_default;
  bool has_next = false;
  std::string next_cursor = {};
};

/// Appends the envelope's members; the rows are the caller's, behind it.
void append_envelope(resource::JsonObject& object, const Envelope& envelope);

/// Puts the position of a cursor into the query; throws a Problem for a cursor of another list, tenant or order.
void open_cursor(const Call& call, ListRequest& request);
std::string seal_cursor(const Call& call, const ListRequest& request, const store::Position& position);

/// Begins the page that was asked for: puts its place into the query, with room for one row more, which tells whether
/// there is a next page. Throws Problem `page_out_of_range`.
Envelope begin_page(ListRequest& request, std::int64_t count);

/// Finds the id of a namespace that a filter names; an unknown one matches nothing.
void resolve_name_filter(store::Session& session, ListRequest& request);

/// The rows of a page as the answer shows them, and what is known of the page once they were seen.
struct ShownRows {
  std::string json;  ///< Separated by commas.
  bool has_next = false;
  std::optional<store::Position> last = {};  ///< Of the page's last row: where the next page begins, if there is one.
};

/// Plain rows go from the store into the answer as they are read; one more than the page has tells of the next page.
template <class T>
ShownRows plain_rows(store::Session& session, const ListRequest& request, std::int64_t count) {
  ShownRows shown;
  const std::size_t page_size = request.query.limit - 1;
  shown.json.reserve(page_size * 700);
  std::size_t taken = 0;
  store::visit_page<T>(session, request.query, count, [&](const store::Row& row) {
    if (taken == page_size) {
      shown.has_next = true;
      return false;
    }
    if (taken > 0) shown.json += ',';
    store::append_row<T>(shown.json, row, session.caller().tenant);
    if (++taken == page_size) shown.last = position_of(store::read_row<T>(row), request.order_name());
    return true;
  });
  return shown;
}

/// Rows with what was asked to stand beside them.
template <class T>
ShownRows expanded_rows(store::Session& session, const ListRequest& request, std::int64_t count) {
  ShownRows shown;
  std::vector<T> rows = store::page_rows<T>(session, request.query, count);
  shown.has_next = rows.size() == request.query.limit;
  if (shown.has_next) {
    rows.pop_back();
    shown.last = position_of(rows.back(), request.order_name());
  }
  const std::vector<Expanded> expanded = expand(session, rows, request.expand, children_shown_in_lists_max);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) shown.json += ',';
    append_expanded(shown.json, rows[i], session.caller().tenant, expanded[i]);
  }
  return shown;
}

template <class T>
Reply list_reply(store::Session& session, const Call& call, ListRequest request) {
  resolve_name_filter(session, request);
  Envelope envelope = begin_page(request, store::count_rows(session, request.query, store::table_of<T>()));
  ShownRows rows = request.expand.empty() ? plain_rows<T>(session, request, envelope.count)
                                          : expanded_rows<T>(session, request, envelope.count);
  envelope.has_next = rows.has_next;
  if (envelope.has_next) envelope.next_cursor = seal_cursor(call, request, *rows.last);
  std::string body;
  body.reserve(rows.json.size() + 512);
  {
    resource::JsonObject object(body);
    append_envelope(object, envelope);
    (object.member("results") += '[') += rows.json;
    body += ']';
  }
  return {.body = std::move(body)};
}

template <class T>
Plan list(const Call& call) {
  auto request = std::make_shared<ListRequest>(read_list_parameters(call, offer_of<T>()));
  if (request->cursor) open_cursor(call, *request);
  // Whether it is short is decided on what will be asked, page and name filter included.
  store::ListQuery asked = request->query;
  if (!request->cursor)
    asked.offset = static_cast<std::size_t>(std::min<std::int64_t>(request->page - 1, 1 << 24)) *
                   static_cast<std::size_t>(request->page_size);
  if (request->by_name) asked.equalities.push_back({request->by_name_column, std::string{}, true});
  const bool long_read = !asked.is_short() || !request->expand.empty();
  return {
      .work = ReadWork([&call, request](store::Session& session) { return list_reply<T>(session, call, *request); }),
      .long_read = long_read,
      .keep = !long_read};
}

}  // namespace contactd::api
