// Schemas and examples of the search for duplicates.
#include "api/dedupe_operation.hpp"

#include "dedupe/compare.hpp"

namespace contactd::api {

using resource::either;
using resource::ObjectSchema;
using resource::SchemaUse;

namespace {

template <class T>
inline constexpr Schema part_schema{noun_of<T>, "Part", resource_schema<T, SchemaUse::partial>};

template <class T>
std::string described(Components& components, std::string_view what) {
  std::string text = either(R"({"type":"array","maxItems":)" + std::to_string(described_rows_max) + R"(,"items":)" +
                                components.reference(part_schema<T>) + "}",
                            R"({"type":"null"})");
  text.pop_back();
  return text.append(R"(,"description":")").append(what) + "\"}";
}

std::string number_of(double number) {
  std::string text = std::to_string(number);
  return text.erase(text.find_last_not_of('0') + 1);
}

std::string reason_text() {
  ObjectSchema reason;
  reason.property("field", true) +=
      R"({"type":"string","description":"Of the stored side: `name`, `props/pan_no`, `banks/account_no` …"})";
  reason.property("kind", true) += R"({"type":"string","enum":["exact","similar","different"]})";
  reason.property("similarity", false) +=
      R"({"type":"number","minimum":0,"maximum":1,"description":"Where something was measured."})";
  reason.property("weight", true) +=
      R"({"type":"number","description":"A logarithm of odds; negative ones speak against it."})";
  return reason.text();
}

}  // namespace

std::string dedupe_request_text(Components& components) {
  ObjectSchema object;
  resource::add_body_schema<model::Contact>(object, SchemaUse::partial, components);
  std::string id;
  resource::Reference{}.schema(id);
  std::string contact = either(id, R"({"type":"null"})");
  contact.pop_back();
  object.property("contact", false) += contact + R"(,"description":"One that is there; instead of a description."})";
  object.property("addresses", false) += described<model::Address>(components, "Addresses, or parts of them.");
  object.property("banks", false) += described<model::Bank>(components, "Bank accounts, or parts of them.");
  object.property("threshold", false) += R"({"type":["number","null"],"minimum":0,"maximum":1,"default":)" +
                                         number_of(threshold_default) +
                                         R"(,"description":"The least score that is shown."})";
  object.property("limit", false) +=
      R"({"type":["integer","null"],"minimum":1,"maximum":)" + std::to_string(duplicates_max) + R"(,"default":)" +
      std::to_string(duplicates_default) + R"(,"description":"The most that are shown."})";
  return object.text();
}

std::string dedupe_request_example() {
  return R"({"name":"Sukumar","type":"individual","props":[{"key":"PAN","type":"text","value":"123254684"}]})";
}

std::string duplicates_text(Components& components) {
  ObjectSchema row;
  row.property("contact", true) += components.reference(answer_schema<model::Contact>);
  row.property("score", true) += R"({"type":"number","minimum":0,"maximum":1})";
  row.property("decision", true) += R"({"type":"string","enum":["match","review"],"description":"`match` from )" +
                                    number_of(dedupe::match_score_min) + R"( on; else somebody has to look."})";
  row.property("reasons", true) += array_of(reason_text());
  ObjectSchema object;
  object.property("count", true) += R"({"type":"integer","minimum":0,"description":"As many as are shown."})";
  object.property("results", true) += array_of(row.text());
  return object.text();
}

}  // namespace contactd::api
