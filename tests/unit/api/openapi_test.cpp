// The document at /openapi.json says what the route table says, refers to nothing that it lacks, and shows the
// published examples as they were published.
#include "api/openapi.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "api/examples.hpp"
#include "api/openapi_problems.hpp"
#include "api/routes.hpp"

namespace contactd::api {
namespace {

using resource::JsonDocument;
using resource::JsonKind;
using resource::JsonValue;

const JsonDocument& document() {
  static const auto parsed = std::get<JsonDocument>(JsonDocument::parse(openapi_document()));
  return parsed;
}

/// "GET /contacts/{id}/ Contact Retrieve", paths without their last slash.
std::string line_of(std::string method, std::string path, std::string_view tag, std::string_view summary) {
  for (char& c : method) c = static_cast<char>(std::toupper(c));
  if (path.ends_with('/')) path.pop_back();
  return method + " " + path + " " + std::string(tag) + " " + std::string(summary);
}

std::vector<std::string> documented() {
  std::vector<std::string> lines;
  const JsonValue paths = *document().root().find("paths");
  for (const JsonValue path : paths) {
    for (const JsonValue operation : path) {
      const JsonValue tags = *operation.find("tags");
      lines.push_back(line_of(std::string(operation.key()), std::string(path.key()), (*tags.begin()).text(),
                              operation.find("summary")->text()));
    }
  }
  return lines;
}

TEST(OpenApi, HasEveryRouteAndNoOther) {
  std::vector<std::string> lines;
  for (const Route& route : routes()) {
    if (!route.operation.listed) {
      EXPECT_EQ(route.tag, "Docs") << route.path;  // Pages for readers, and nothing else.
      EXPECT_FALSE(route.scope.has_value()) << route.path;
      continue;
    }
    lines.push_back(line_of(std::string(route.method), std::string(route.path), route.tag, route.summary));
  }
  EXPECT_THAT(documented(), testing::UnorderedElementsAreArray(lines));
}

void gather_references(JsonValue value, std::set<std::string>& references) {
  if (value.kind() != JsonKind::object && value.kind() != JsonKind::array) return;
  for (const JsonValue child : value) {
    if (value.kind() == JsonKind::object && child.key() == "$ref") references.emplace(child.text());
    gather_references(child, references);
  }
}

bool is_there(const std::string& reference) {
  std::optional<JsonValue> at = document().root();
  std::size_t from = 2;
  while (at && from < reference.size()) {
    const auto slash = reference.find('/', from);
    at = at->find(reference.substr(from, slash - from));
    from = slash == std::string::npos ? reference.size() : slash + 1;
  }
  return at.has_value();
}

TEST(OpenApi, RefersToWhatIsThere) {
  std::set<std::string> references;
  gather_references(document().root(), references);
  EXPECT_GT(references.size(), 20U);
  for (const std::string& reference : references) EXPECT_TRUE(is_there(reference)) << reference;
  EXPECT_FALSE(is_there("#/components/schemas/NoSuchSchema"));
}

TEST(OpenApi, NamesOnlyProblemsOfTheTable) {
  for (const Route& route : routes()) {
    for (const std::string_view code : route.operation.problems) {
      if (code.empty()) continue;
      bool found = false;
      for (const auto& [status, codes] : problems_of(route)) {
        found = found || std::find(codes.begin(), codes.end(), code) != codes.end();
      }
      EXPECT_TRUE(found) << route.method << " " << route.path << " " << code;
    }
  }
}

TEST(OpenApi, DerivesThePublishedAnswer) {
  EXPECT_EQ(updated_example<model::Contact>(),
            R"({"id":"01JQ8RRBB2XRSVTCG11Y6JKCKH","tenant_id":"23067dbc-6c62-4203-9014-7100e4ffe811",)"
            R"("created_by":"6da08401-b1f7-46ec-9013-2a9d7bc6185c",)"
            R"("updated_by":"6da08401-b1f7-46ec-9013-2a9d7bc6185c","created_at":"2025-03-26T13:52:59.683345Z",)"
            R"("updated_at":"2025-03-26T13:54:34.531893Z","namespace":"Vayana","name":"Sukumar",)"
            R"("ref_id":"jijkdmkdoedmsaad","status":"active","type":"individual",)"
            R"("tags":["9uJPe0RjSZ","RIPx3gSDNzV","ZdZ- gtkSZTBZeO6m"],"refs":{},"branch_id":"",)"
            R"("props":["01JQ8RRB3HN71YQWJK8QRWG80K"],)"
            R"("approval":{"state":"pending","by":null,"at":null,"reason":null}})");
}

}  // namespace
}  // namespace contactd::api
