// The history of a contact, as a list. Contract section 2.
#include "api/history.hpp"

#include "api/contacts.hpp"

namespace contactd::api {
namespace {

constexpr resource::Matching users{resource::Pattern{R"(^[a-zA-Z0-9._-]{8,50}$)"}};
constexpr resource::Choice actions{{"create", "update", "delete", "active", "inactive", "approve", "reject"}};
constexpr resource::Choice kinds{{"contact", "address", "bank", "relation"}};

template <const auto& Rule>
ListFilter filter_by(std::string_view parameter, const std::string& column, std::string_view doc) {
  return {.parameter = parameter,
          .column = column,
          .check = [](std::string& value) { return Rule.check(value); },
          .doc = doc,
          .schema = [](std::string& out) { Rule.schema(out); }};
}

const std::string history_table = "history";

/// One entry, as it stands in the answer.
struct Entry {
  std::string id;
  std::string json;
};

Entry read_entry(const store::Row& row) {
  Entry entry{std::string(row.text(0)), {}};
  resource::JsonObject object(entry.json);
  object.text("id", entry.id);
  object.text("at", format_time(Time{row.integer(1)}));
  object.text("by", row.text(2));
  object.text("request_id", row.text(3));
  object.text("action", row.text(4));
  object.text("resource", row.text(5));
  object.text("resource_id", row.text(6));
  object.member("changes") += row.text(7);
  return entry;
}

/// A contact's entries lie side by side in its order: rows to skip are skipped there.
std::vector<Entry> read_page(store::Session& session, const store::ListQuery& query) {
  std::vector<Entry> entries;
  store::Conditions conditions(session.values(), query, history_table);
  store::Values values = conditions.take_values();
  std::string sql = "SELECT id, at, made_by, request_id, action, resource, resource_id, changes FROM history WHERE " +
                    conditions.text();
  const auto place = [&](auto&& value) { return "$" + std::to_string(values.add(value).size()); };
  if (query.after) sql += std::string(" AND history.id ") + (query.descending ? "< " : "> ") + place(query.after->id);
  sql += std::string(" ORDER BY history.id ") + (query.descending ? "DESC" : "ASC");
  sql += " LIMIT " + place(static_cast<std::int64_t>(query.limit));
  sql += " OFFSET " + place(static_cast<std::int64_t>(query.offset));
  session.run(sql, values, [&](const store::Row& row) {
    entries.push_back(read_entry(row));
    return true;
  });
  return entries;
}

Reply history_reply(store::Session& session, const Call& call, ListRequest request) {
  require<model::Contact>(session, call.id());
  store::ListQuery& query = request.query;
  query.equalities.push_back({"contact_id", call.id()});
  Envelope envelope = begin_page(request, store::count_rows(session, query, history_table));
  auto entries = read_page(session, query);
  envelope.has_next = entries.size() == query.limit;
  if (envelope.has_next) {
    entries.pop_back();
    envelope.next_cursor = seal_cursor(call, request, {std::string{}, entries.back().id});
  }
  return {.body = [entries = std::move(entries), envelope] {
    std::string body;
    {
      resource::JsonObject object(body);
      append_envelope(object, envelope);
      object.member("results") += '[';
      for (const Entry& entry : entries) {
        if (&entry != &entries.front()) body += ',';
        body += entry.json;
      }
      body += ']';
    }
    return body;
  }};
}

}  // namespace

ListOffer history_offer(const std::string& contact_id) {
  return {.name = "history/" + contact_id,
          .filters = {filter_by<users>("by", "made_by", "Who did it."),
                      filter_by<actions>("action", "action", "What was done."),
                      filter_by<kinds>("resource", "resource", "To what it was done.")},
          .orders = {{"created_at", ""}}};
}

Plan list_history(const Call& call) {
  auto request = std::make_shared<ListRequest>(read_list_parameters(call, history_offer(call.id())));
  if (request->cursor) open_cursor(call, *request);
  return {ReadWork([&call, request](store::Session& session) { return history_reply(session, call, *request); }), true};
}

}  // namespace contactd::api
