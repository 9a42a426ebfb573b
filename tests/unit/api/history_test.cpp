// The history tells everything: replayed from its beginning it gives what the resources are now, whatever was done.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "resource/json_document.hpp"
#include "support.hpp"

namespace contactd::api {
namespace {

using resource::JsonDocument;
using resource::JsonKind;
using resource::JsonValue;

using State = std::map<std::string, std::string>;  ///< JSON of each field by its name.

std::string text_of(JsonValue value) {
  std::string text;
  resource::append_json(text, value);
  return text;
}

JsonDocument parsed(const std::string& body) {
  auto document = JsonDocument::parse(body);
  return std::get<JsonDocument>(std::move(document));
}

/// The fields of an answer that a history speaks of; properties by their keys, groups by their members.
State state_of(JsonValue resource) {
  State state;
  for (const JsonValue member : resource) {
    const std::string name(member.key());
    if (name == "props") {
      for (const JsonValue prop : member) state["props/" + std::string(prop.find("key")->text())] = text_of(prop);
    } else if (name == "approval") {
      for (const JsonValue part : member) {
        if (!part.is_null()) state["approval/" + std::string(part.key())] = text_of(part);
      }
    } else if (name != "id" && name != "tenant_id" && !name.starts_with("created_") && !name.starts_with("updated_")) {
      if (!member.is_null()) state[name] = text_of(member);
    }
  }
  return state;
}

class HistoryTest : public testing::Test {
 protected:
  http::Response ask(const std::string& user, const Ask& what) {
    return service_.ask(TestService::token("lender-one", user), what);
  }
  std::string made(const Ask& what) {
    const auto response = ask("maker-one", what);
    EXPECT_EQ(response.status, 201) << response.body;
    return member(response.body, "id");
  }
  std::string pick(const std::vector<std::string>& choices) { return choices[random_() % choices.size()]; }

  Ask random_ask() {
    const std::string contact = "/contacts/" + contact_ + "/";
    switch (random_() % 9) {
      case 0:
        return {"PATCH", contact,
                R"({"name":")" + pick({"Asha", "Asha Rao", "A. Rao"}) + R"(","tags":)" +
                    pick({"null", "[]", R"(["a"])", R"(["a","b"])"}) + "}"};
      case 1:
        return {"PATCH", contact,
                R"({"refs":)" + pick({"null", "{}", R"({"x":1.10})"}) + R"(,"rm_id":)" +
                    pick({"null", R"("")", R"("rm1")"}) + R"(,"namespace":")" + pick({"Open", "Checked"}) + R"("})"};
      case 2:
        return {"PUT", contact + "props/" + pick({"pan", "mobile", "dob"}) + "/",
                R"({"type":"text","value":")" + pick({"x", "y"}) + R"("})"};
      case 3:
        return {"PUT", contact + "props/",
                pick({"[]", R"([{"key":"pan","type":"text","value":"z"},{"key":"email","type":"text","value":"z"}])"})};
      case 4:
        return {"DELETE", contact + "props/?key=" + pick({"pan", "dob"})};
      case 5:
        return {"PUT", contact + pick({"active/", "inactive/", "approve/"})};
      case 6:
        return {"PUT", contact + "reject/", pick({"", R"({"reason":"one"})", R"({"reason":"two"})"})};
      case 7:
        return {"PATCH", "/contacts/addresses/" + address_ + "/",
                R"({"city":)" + pick({"null", R"("Pune")", R"("Goa")"}) + R"(,"coords":)" +
                    pick({"null", R"({"lat":18.50})"}) + "}"};
      default:
        return {"PATCH", contact, R"({"status":")" + pick({"active", "inactive"}) + R"("})"};
    }
  }

  /// All entries of the contact's history about one resource, the oldest first, laid over each other.
  State replayed(const std::string& resource_id) {
    State state;
    for (int page = 1;; ++page) {
      const auto answer = ask(
          "maker-one",
          {"GET", "/contacts/" + contact_ + "/history/?ordering=created_at&page_size=7&page=" + std::to_string(page)});
      EXPECT_EQ(answer.status, 200) << answer.body;
      const JsonDocument document = parsed(answer.body);
      const JsonValue results = *document.root().find("results");
      for (const JsonValue entry : results) {
        if (entry.find("resource_id")->text() == resource_id) lay_over(state, *entry.find("changes"));
      }
      if (document.root().find("next_page")->is_null()) return state;
    }
  }

  static void lay_over(State& state, JsonValue changes) {
    for (const JsonValue change : changes) {
      const std::string field(change.find("field")->text());
      const JsonValue before = *change.find("before"), after = *change.find("after");
      if (field == "props") continue;  // another order alone
      const auto known = state.find(field);
      EXPECT_EQ(known == state.end() ? "null" : known->second, text_of(before)) << field;
      EXPECT_NE(text_of(before), text_of(after)) << field;
      if (after.is_null()) {
        state.erase(field);
      } else {
        state[field] = text_of(after);
      }
    }
  }

  State current(const std::string& path) {
    const auto answer = ask("maker-one", {"GET", path});
    EXPECT_EQ(answer.status, 200) << answer.body;
    return state_of(parsed(answer.body).root());
  }

  TemporaryFolder folder_;
  TestService service_{{.sqlite = {.path = folder_.file("history.db"), .synchronous = false},
                        .postgres = {},
                        .writer = {},
                        .stamps = StampSource()}};
  std::mt19937 random_{20'261'124};
  std::string contact_, address_;
};

TEST_F(HistoryTest, ReplayedItGivesWhatIsNow) {
  made({"POST", "/namespaces/", R"({"name":"Open"})"});
  made({"POST", "/namespaces/", R"({"name":"Checked","approval_policy":"four_eyes"})"});
  std::map<int, int> statuses;
  for (int round = 0; round < 20; ++round) {
    contact_ = made({"POST", "/contacts/",
                     R"({"name":"Asha","namespace":"Open","status":"active","type":"individual","props":[]})"});
    address_ = made({"POST", "/contacts/addresses/", R"({"contact_id":")" + contact_ + R"("})"});
    for (int i = 0; i < 40; ++i) ++statuses[ask(pick({"maker-one", "maker-two"}), random_ask()).status];
    EXPECT_EQ(replayed(contact_), current("/contacts/" + contact_ + "/?expand=props"));
    EXPECT_EQ(replayed(address_), current("/contacts/addresses/" + address_ + "/"));
    EXPECT_EQ(ask("maker-one", {"DELETE", "/contacts/addresses/" + address_ + "/"}).status, 204);
    EXPECT_EQ(replayed(address_), State{});
  }
  // All that can happen to such requests has happened.
  for (const int status : {200, 201, 204, 403, 409}) EXPECT_GT(statuses[status], 0) << status;
  EXPECT_EQ(statuses[500], 0);
}

}  // namespace
}  // namespace contactd::api
