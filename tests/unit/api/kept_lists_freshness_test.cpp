// A list that is given from what was kept shows what a list that is made anew shows, whatever was written before it.
#include <gtest/gtest.h>

#include <charconv>
#include <random>
#include <thread>

#include "support.hpp"

namespace contactd::api {
namespace {

class KeptListsFreshness : public testing::Test {
 protected:
  http::Response ask(const Ask& what, const std::string& tenant = "lender-one") {
    return service_.ask(TestService::token(tenant), what);
  }
  std::string made(const Ask& what, const std::string& tenant = "lender-one") {
    const auto response = ask(what, tenant);
    EXPECT_EQ(response.status, 201) << response.body;
    return member(response.body, "id");
  }
  static Ask contact(const std::string& name) {
    return {"POST", "/contacts/",
            R"({"name":")" + name + R"(","namespace":"Open","status":"active","type":"individual","props":[]})"};
  }

  TemporaryFolder folder_;
  TestService service_{{.sqlite = {.path = folder_.file("lists.db"), .synchronous = false},
                        .postgres = {},
                        .writer = {},
                        .stamps = StampSource()}};
};

TEST_F(KeptListsFreshness, ShowsEveryWriteAtOnce) {
  const std::string space = made({"POST", "/namespaces/", R"({"name":"Open"})"});
  const std::string id = made(contact("Asha"));
  const std::string address = made({"POST", "/contacts/addresses/", R"({"contact_id":")" + id + R"("})"});
  const std::vector<std::string> lists{
      "/contacts/",   "/contacts/?status=active", "/contacts/?namespace=Open", "/contacts/addresses/",
      "/namespaces/", "/contacts/relations/"};
  std::mt19937 random{7};
  for (int i = 0; i < 300; ++i) {
    const std::string number = std::to_string(i);
    const std::vector<Ask> writes{
        contact("Person " + number),
        {"PATCH", "/contacts/" + id + "/", R"({"name":"Name )" + number + R"("})"},
        {"PUT", "/contacts/" + id + (i % 2 == 0 ? "/active/" : "/inactive/")},
        {"PUT", "/contacts/" + id + "/props/pan/", R"({"type":"text","value":")" + number + R"("})"},
        {"PATCH", "/contacts/addresses/" + address + "/", R"({"tags":["t)" + number + R"("]})"},
        {"PATCH", "/namespaces/" + space + "/", R"({"contact_counter":)" + number + "}"},
        {"POST", "/namespaces/", R"({"name":"Space )" + number + R"("})"},
        {"PUT", "/contacts/" + id + "/approve/"}};
    const auto written = ask(writes[random() % writes.size()]);
    ASSERT_LT(written.status, 300) << written.body;
    for (const std::string& list : lists) {
      const std::string kept = ask({"GET", list}).body;
      EXPECT_EQ(ask({"GET", list}).body, kept);
      // Empty pieces of a query mean nothing, so this asks the same and was never asked before.
      const std::string anew = list + (list.find('?') == std::string::npos ? "?" : "") + std::string(i + 1U, '&');
      EXPECT_EQ(ask({"GET", anew}).body, kept) << list;
    }
  }
}

TEST_F(KeptListsFreshness, IsTheTenantsOwn) {
  for (const char* tenant : {"lender-one", "lender-two"}) made({"POST", "/namespaces/", R"({"name":"Open"})"}, tenant);
  made(contact("Asha"));
  const std::string mine = ask({"GET", "/contacts/"}).body;
  EXPECT_NE(mine.find("\"count\":1,"), std::string::npos) << mine;
  EXPECT_NE(ask({"GET", "/contacts/"}, "lender-two").body.find("\"count\":0,"), std::string::npos);
  EXPECT_EQ(ask({"GET", "/contacts/"}).body, mine);
}

TEST_F(KeptListsFreshness, AsksForTheScopeEachTime) {
  made({"POST", "/namespaces/", R"({"name":"Open"})"});
  EXPECT_EQ(ask({"GET", "/contacts/"}).status, 200);
  EXPECT_EQ(service_.ask(TestService::token("lender-one", "maker-one", "contacts:write"), {"GET", "/contacts/"}).status,
            403);
  EXPECT_EQ(service_.ask("", {"GET", "/contacts/"}).status, 401);
}

TEST_F(KeptListsFreshness, NobodyMissesWhatWasAcknowledgedElsewhere) {
  made({"POST", "/namespaces/", R"({"name":"Open"})"});
  std::atomic<int> acknowledged{0};
  std::atomic<bool> stop{false};
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 3; ++reader) {
    readers.emplace_back([&] {
      while (!stop) {
        const int at_least = acknowledged;
        const std::string body = ask({"GET", "/contacts/?page_size=1"}).body;
        const char* digits = body.data() + body.find("\"count\":") + 8;
        int count = -1;
        std::from_chars(digits, body.data() + body.size(), count);
        ASSERT_GE(count, at_least);
      }
    });
  }
  for (int i = 0; i < 300; ++i) {
    made(contact("Person " + std::to_string(i)));
    ++acknowledged;
  }
  stop = true;
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace contactd::api
