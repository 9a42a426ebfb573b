// Documents as answers: which encoding, and what a browser has to know about them.
#include "api/docs.hpp"

#include "http/content_coding.hpp"
#include "web/document.hpp"

namespace contactd::api {
namespace {

/// Kept, and asked about before each use: an answer of 304 is cheap, and nobody sees old scripts on a new page.
constexpr std::string_view asset_cache_control = "public, max-age=0, must-revalidate";

Reply reply_of(const Call& call, const web::Document* document) {
  if (document == nullptr) refuse_not_found();
  const bool gzipped = http::accepts_gzip(call.request);
  Reply reply{.version = 1,  // The program has one version of each: its tag differs by the digest alone.
              .body = [document, gzipped] { return std::string(gzipped ? document->gzipped() : document->plain()); },
              .content_type = document->content_type(),
              .headers = {{"Vary", "Accept-Encoding"},
                          {"X-Content-Type-Options", "nosniff"},
                          {"Referrer-Policy", "no-referrer"},
                          {"Content-Security-Policy", document->security_policy()}}};
  if (gzipped) reply.headers.emplace_back("Content-Encoding", "gzip");
  return reply;
}

}  // namespace

Plan docs_home(const Call& call) {
  return {reply_of(call, web::find_page("reference"))};
}

Plan docs_page(const Call& call) {
  return {reply_of(call, web::find_page(call.path_values.front()))};
}

Plan docs_asset(const Call& call) {
  Reply reply = reply_of(call, web::find_asset(call.path_values.front()));
  reply.cache_control = asset_cache_control;
  return {std::move(reply)};
}

Plan problem_page(const Call& call) {
  return {reply_of(call, web::find_problem_page(call.path_values.front()))};
}

}  // namespace contactd::api
