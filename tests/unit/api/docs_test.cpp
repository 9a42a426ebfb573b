// Pages and assets as answers: encodings, tags, what may be kept, what a browser is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "support.hpp"
#include "web/document.hpp"

namespace contactd::api {
namespace {

using ::testing::HasSubstr;

const std::vector<std::string> pages{
    "/docs/", "/docs", "/docs/getting-started/", "/docs/problems", "/problems/in_use/", "/problems/in_use"};

class Docs : public ::testing::Test {
 protected:
  http::Response get(const std::string& target, std::vector<std::pair<std::string, std::string>> headers = {},
                     const std::string& method = "GET") {
    return service_.ask("", {.method = method, .target = target, .headers = std::move(headers)});
  }
  static std::string header(const http::Response& response, std::string_view name) {
    const auto found = std::find_if(response.headers.begin(), response.headers.end(),
                                    [&](const auto& each) { return each.first == name; });
    return found == response.headers.end() ? "" : found->second;
  }

 private:
  TemporaryFolder folder_;
  TestService service_{{.sqlite = {.path = folder_.file("contacts.db"), .synchronous = false},
                        .postgres = {},
                        .writer = {},
                        .stamps = StampSource()}};
};

TEST_F(Docs, PagesNeedNoTokenAndAreNotKept) {
  for (const std::string& target : pages) {
    const http::Response page = get(target);
    EXPECT_EQ(page.status, 200) << target;
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    EXPECT_EQ(header(page, "Cache-Control"), "no-store");
    EXPECT_THAT(page.body, HasSubstr("</html>"));
  }
  EXPECT_EQ(get("/docs/").body, get("/docs").body);
}

TEST_F(Docs, ABrowserIsToldToBeStrict) {
  for (const std::string& target : {pages[0], pages[2], pages[4], std::string("/docs/assets/site.js")}) {
    const http::Response answer = get(target);
    EXPECT_EQ(header(answer, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(answer, "Referrer-Policy"), "no-referrer");
    const std::string policy = header(answer, "Content-Security-Policy");
    for (const char* rule : {"default-src 'none'", "script-src 'self';", "base-uri 'none'", "form-action 'none'",
                             "frame-ancestors 'none'"}) {
      EXPECT_THAT(policy, HasSubstr(rule)) << target;
    }
    EXPECT_EQ(policy.find("unsafe-eval"), std::string::npos);
    EXPECT_EQ(policy.find("'unsafe-inline'") != std::string::npos, target == "/docs/") << target;
  }
}

TEST_F(Docs, AssetsMayBeKeptButAreAskedAbout) {
  const http::Response asset = get("/docs/assets/site.css/");
  EXPECT_EQ(asset.status, 200);
  EXPECT_EQ(asset.content_type, "text/css; charset=utf-8");
  EXPECT_EQ(header(asset, "Cache-Control"), "public, max-age=0, must-revalidate");
  EXPECT_EQ(header(asset, "Vary"), "Accept-Encoding");
  const std::string tag = header(asset, "ETag");
  const http::Response same = get("/docs/assets/site.css", {{"If-None-Match", tag}});
  EXPECT_EQ(same.status, 304);
  EXPECT_TRUE(same.body.empty());
  EXPECT_EQ(header(same, "ETag"), tag);
  EXPECT_EQ(header(same, "Cache-Control"), "public, max-age=0, must-revalidate");
  EXPECT_EQ(header(same, "Vary"), "Accept-Encoding");
  EXPECT_EQ(get("/docs/assets/site.css", {{"If-None-Match", "\"1-0000000000000000\""}}).status, 200);
}

TEST_F(Docs, TwoEncodingsOfTheSameBearDifferentTags) {
  const web::Document* asset = web::find_asset("api-reference.js");
  const http::Response plain = get("/docs/assets/api-reference.js");
  const http::Response small = get("/docs/assets/api-reference.js", {{"Accept-Encoding", "br, gzip"}});
  EXPECT_EQ(header(plain, "Content-Encoding"), "");
  EXPECT_EQ(header(small, "Content-Encoding"), "gzip");
  EXPECT_EQ(plain.body, asset->plain());
  EXPECT_EQ(small.body, asset->gzipped());
  EXPECT_LT(small.body.size(), plain.body.size() / 3);
  EXPECT_NE(header(plain, "ETag"), header(small, "ETag"));
  const http::Response other = get("/docs/assets/api-reference.js", {{"If-None-Match", header(small, "ETag")}});
  EXPECT_EQ(other.status, 200);
}

TEST_F(Docs, HeadAnswersAsGet) {
  for (const std::string& target : {pages[0], std::string("/docs/assets/site.css")}) {
    const http::Response got = get(target);
    const http::Response head = get(target, {}, "HEAD");
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.headers, got.headers);
    EXPECT_EQ(head.body, got.body);  // Its length is sent; the session leaves out the rest.
  }
}

TEST_F(Docs, WhatIsNotThereIsAProblem) {
  for (const char* target : {"/docs/nothing/", "/docs/assets/", "/docs/assets/nothing.js", "/docs/assets/frame.html",
                             "/docs/reference/more/", "/problems/no_such_code/", "/problems/"}) {
    const http::Response answer = get(target);
    EXPECT_EQ(answer.status, 404) << target;
    EXPECT_EQ(answer.content_type, "application/problem+json");
    EXPECT_EQ(header(answer, "Cache-Control"), "no-store");
  }
  const http::Response post = get("/docs/", {}, "POST");
  EXPECT_EQ(post.status, 405);
  EXPECT_EQ(header(post, "Allow"), "GET, HEAD, OPTIONS");
}

}  // namespace
}  // namespace contactd::api
