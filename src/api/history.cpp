// The history of a contact, as a list. Contract section 2.
#include "api/history.hpp"

#include "api/contacts.hpp"
#include "store/history_query.hpp"

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

void append_entry(std::string& out, const store::HistoryEntry& entry) {
  resource::JsonObject object(out);
  object.text("id", entry.id);
  object.text("at", format_time(entry.at));
  object.text("by", entry.made_by);
  object.text("request_id", entry.request_id);
  object.text("action", entry.action);
  object.text("resource", entry.resource);
  object.text("resource_id", entry.resource_id);
  object.member("changes") += entry.changes;
}

Reply history_reply(store::Session& session, const Call& call, ListRequest request) {
  require<model::Contact>(session, call.id());
  store::ListQuery& query = request.query;
  store::HistoryEntries found(session, call.id(), query);
  Envelope envelope = begin_page(request, found.count());
  auto entries = found.page();
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
      for (const store::HistoryEntry& entry : entries) {
        if (&entry != &entries.front()) body += ',';
        append_entry(body, entry);
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
          .orders = {{"created_at", ""}},
          .searched = true};
}

Plan list_history(const Call& call) {
  auto request = std::make_shared<ListRequest>(read_list_parameters(call, history_offer(call.id())));
  if (request->cursor) open_cursor(call, *request);
  return {ReadWork([&call, request](store::Session& session) { return history_reply(session, call, *request); }), true};
}

}  // namespace contactd::api
