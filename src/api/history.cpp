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

/// The entries of one contact that are asked for. They lie side by side in their order, so rows to skip are skipped
/// there, and words are looked for in each of them.
class Entries {
 public:
  Entries(store::Session& session, const store::ListQuery& query, const std::vector<std::string>& words)
      : session_(session), query_(query), conditions_(session.values(), query, history_table) {
    values_ = conditions_.take_values();
    where_ = " FROM history WHERE " + conditions_.text();
    for (const std::string& word : words) add_word(word);
  }

  std::int64_t count() { return session_.first_integer("SELECT COUNT(*)" + where_, values_).value_or(0); }

  std::vector<Entry> page() {
    std::string sql = "SELECT id, at, made_by, request_id, action, resource, resource_id, changes" + where_;
    if (query_.after) {
      sql += std::string(" AND history.id ") + (query_.descending ? "< " : "> ") + place(query_.after->id);
    }
    sql += std::string(" ORDER BY history.id ") + (query_.descending ? "DESC" : "ASC");
    sql += " LIMIT " + place(static_cast<std::int64_t>(query_.limit));
    sql += " OFFSET " + place(static_cast<std::int64_t>(query_.offset));
    std::vector<Entry> entries;
    session_.run(sql, values_, [&](const store::Row& row) {
      entries.push_back(read_entry(row));
      return true;
    });
    return entries;
  }

 private:
  template <class Value>
  std::string place(const Value& value) {
    return "$" + std::to_string(values_.add(value).size());
  }
  /// In who did it, what it was done to, or a value before or after.
  void add_word(const std::string& word) {
    const std::string name = place(word);
    where_ += " AND (";
    for (const char* column : {"made_by", "request_id", "resource_id"}) {
      where_ += std::string("instr(folded(history.") + column + "), " + name + ") > 0 OR ";
    }
    where_ +=
        "EXISTS (SELECT 1 FROM json_tree(history.changes) AS part WHERE part.atom IS NOT NULL AND part.key <> 'field' "
        "AND instr(folded(part.atom), " +
        name + ") > 0))";
  }

  store::Session& session_;
  const store::ListQuery& query_;
  store::Conditions conditions_;
  store::Values values_;
  std::string where_;
};

Reply history_reply(store::Session& session, const Call& call, ListRequest request) {
  require<model::Contact>(session, call.id());
  store::ListQuery& query = request.query;
  query.equalities.push_back({"contact_id", call.id()});
  Entries found(session, query, query.words);
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
          .orders = {{"created_at", ""}},
          .searched = true};
}

Plan list_history(const Call& call) {
  auto request = std::make_shared<ListRequest>(read_list_parameters(call, history_offer(call.id())));
  if (request->cursor) open_cursor(call, *request);
  return {ReadWork([&call, request](store::Session& session) { return history_reply(session, call, *request); }), true};
}

}  // namespace contactd::api
