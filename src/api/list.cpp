// The envelope of a list and its cursors.
#include "api/list.hpp"

#include "api/application.hpp"

namespace contactd::api {
namespace {

std::string bound_to(const Call& call, const ListRequest& request) {
  return std::to_string(call.caller.tenant.size()) + ":" + std::string(call.caller.tenant) + ";" + request.binding;
}

void number_or_null(resource::JsonObject& object, std::string_view name, bool is_number, std::int64_t number) {
  if (is_number) {
    object.integer(name, number);
  } else {
    object.null(name);
  }
}

std::int64_t pages_of(const Envelope& envelope) {
  return std::max<std::int64_t>(1, (envelope.count + envelope.page_size - 1) / envelope.page_size);
}

}  // namespace

void append_envelope(resource::JsonObject& object, const Envelope& envelope) {
  const bool by_page = envelope.page > 0;
  object.integer("count", envelope.count);
  object.integer("total_pages", pages_of(envelope));
  number_or_null(object, "current_page", by_page, envelope.page);
  object.boolean("has_previous", by_page ? envelope.page > 1 : true);
  object.boolean("has_next", envelope.has_next);
  number_or_null(object, "previous_page", by_page && envelope.page > 1, envelope.page - 1);
  number_or_null(object, "next_page", by_page && envelope.has_next, envelope.page + 1);
  if (envelope.next_cursor.empty()) {
    object.null("next_cursor");
  } else {
    object.text("next_cursor", envelope.next_cursor);
  }
}

Envelope begin_page(ListRequest& request, std::int64_t count) {
  Envelope envelope{.count = count, .page = request.cursor ? 0 : request.page, .page_size = request.page_size};
  const std::int64_t pages = pages_of(envelope);
  if (envelope.page > pages) {
    throw Problem(problem_kind("page_out_of_range"), "there are " + std::to_string(pages) + " pages");
  }
  request.query.limit = static_cast<std::size_t>(request.page_size) + 1;
  request.query.offset = request.cursor ? 0 : static_cast<std::size_t>((request.page - 1) * request.page_size);
  return envelope;
}

void open_cursor(const Call& call, ListRequest& request) {
  const auto payload = call.application.cursors().open(*request.cursor, bound_to(call, request));
  auto position = payload ? parse_position(*payload) : std::nullopt;
  if (!position) {
    throw Problem(
        Violations{{"cursor", "invalid_cursor", "is not a cursor of this list with these filters and order"}});
  }
  request.query.after = std::move(*position);
}

std::string seal_cursor(const Call& call, const ListRequest& request, const store::Position& position) {
  return call.application.cursors().seal(position_text(position), bound_to(call, request));
}

void resolve_name_filter(store::Session& session, ListRequest& request) {
  if (!request.by_name) return;
  const auto id =
      session.first_text(store::id_by_name_sql(request.by_name_table), session.values().add(request.by_name->name));
  if (!id) {
    request.query.nothing = true;
    return;
  }
  request.query.equalities.push_back({request.by_name_column, *id, true});
}

}  // namespace contactd::api
