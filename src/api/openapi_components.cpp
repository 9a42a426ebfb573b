// Schemas that stand beside the resources' own: the envelope of a list, and the problem.
#include "api/openapi_components.hpp"

#include <stdexcept>

#include "api/openapi_headers.hpp"
#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/relation.hpp"

namespace contactd::api {

using resource::ObjectSchema;
using resource::SchemaUse;

namespace {

/// "account reference", "Create" becomes AccountReferenceCreate.
std::string name_of(const Schema& schema) {
  std::string name;
  bool raise = true;
  for (const char c : schema.noun) {
    if (c != ' ') name += raise && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    raise = c == ' ';
  }
  return name.append(schema.suffix);
}

/// Calls `visit` with each resource's names and its schemas for answers and for creation.
template <class Visit>
void for_each_resource(Visit&& visit) {
  const auto one = [&]<class T>() { visit(resource::description<T>.names, answer_schema<T>, create_schema<T>); };
  one.template operator()<model::Contact>();
  one.template operator()<model::Address>();
  one.template operator()<model::Bank>();
  one.template operator()<model::Relation>();
  one.template operator()<model::Namespace>();
  one.template operator()<model::Prop>();
}

std::string problem_text(Components&) {
  ObjectSchema violation;
  violation.property("field", true) +=
      R"({"type":"string","description":"Where: a JSON Pointer without its first slash, or a parameter's name."})";
  violation.property("code", true) += R"({"type":"string","description":"What, for programs: required, too_long …"})";
  violation.property("message", true) += R"({"type":"string","description":"What, for people. Repeats no value."})";
  std::string codes;
  for (const ProblemKind& kind : problem_table) {
    if (!codes.empty()) codes += ',';
    resource::append_json_string(codes, kind.code);
  }
  ObjectSchema problem;
  problem.property("type", true) +=
      R"({"type":"string","format":"uri-reference","pattern":"^/problems/[a-z_]+$","description":"Names the code."})";
  problem.property("title", true) += R"({"type":"string","description":"What the code means; always the same."})";
  problem.property("status", true) += R"({"type":"integer","description":"The status of the answer."})";
  problem.property("code", true) += R"({"type":"string","enum":[)" + codes + R"(],"description":"What to switch on."})";
  problem.property("detail", true) += R"({"type":"string","minLength":1,"description":"What happened this time."})";
  problem.property("request_id", true) +=
      R"({"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$","description":"As in X-Request-Id; quote it to us."})";
  problem.property("existing_id", false) +=
      R"({"type":"string","description":"On already_exists: the one that is there."})";
  problem.property("errors", false) +=
      R"({"type":"array","minItems":1,"description":"On validation: all that is wrong, at once.","items":)" +
      violation.text() + "}";
  std::string text = problem.text();
  text.pop_back();
  return text + R"(,"if":{"properties":{"code":{"const":"validation"}}},"then":{"required":["errors"]},)" +
         R"("else":{"properties":{"errors":false}}})";
}

}  // namespace

const Schema problem_schema{"problem", "", problem_text};

std::string Components::reference(const Schema& schema) {
  const std::string name = name_of(schema);
  if (schemas_.try_emplace(name).second) schemas_[name] = schema.text(*this);
  return R"({"$ref":"#/components/schemas/)" + name + "\"}";
}

std::string Components::one_of(std::string_view plural, SchemaUse use) {
  std::string text;
  for_each_resource([&](const resource::Names& names, const Schema& answer, const Schema& create) {
    if (names.plural == plural) text = reference(use == SchemaUse::answer ? answer : create);
  });
  if (text.empty()) throw std::logic_error("no resource is called " + std::string(plural));
  return text;
}

std::string Components::extra(std::string_view noun) {
  std::string text;
  for_each_resource([&](const resource::Names& names, const Schema& answer, const Schema&) {
    if (names.singular == noun) text = reference(answer);
    if (names.plural == noun) text = array_of(reference(answer));
  });
  if (text.empty()) throw std::logic_error("no resource is called " + std::string(noun));
  text.pop_back();
  return text + R"(,"description":"Only there when `expand` asks for it."})";
}

void Components::append_headers(std::string& out, const std::vector<std::string_view>& names) {
  resource::JsonObject object(out);
  const auto add = [&](std::string_view name) {
    const bool always = !name.ends_with('?');
    if (!always) name.remove_suffix(1);
    const std::string key = std::string(name) + (always ? "" : "-if-any");
    headers_[key] = header_text(name, always);
    object.member(name) += R"({"$ref":"#/components/headers/)" + key + "\"}";
  };
  add("X-Request-Id");
  add("Cache-Control");
  for (const std::string_view name : names) add(name);
}

std::string array_of(const std::string& schema) {
  return R"({"type":"array","items":)" + schema + "}";
}

std::string envelope_schema(const std::string& row) {
  constexpr std::string_view page = R"({"type":["integer","null"],"minimum":1,"description":")";
  ObjectSchema object;
  object.property("count", true) += R"({"type":"integer","minimum":0,"description":"All that match; always exact."})";
  object.property("total_pages", true) += R"({"type":"integer","minimum":1,"description":"At least one."})";
  object.property("current_page", true).append(page) += "Null behind a cursor.\"}";
  object.property("has_previous", true) += R"({"type":"boolean"})";
  object.property("has_next", true) += R"({"type":"boolean"})";
  object.property("previous_page", true).append(page) += "Null on the first page and behind a cursor.\"}";
  object.property("next_page", true).append(page) += "Null on the last page and behind a cursor.\"}";
  object.property("next_cursor", true) +=
      R"({"type":["string","null"],"description":"For `cursor` in the next request; null at the end."})";
  object.property("results", true) += array_of(row);
  return object.text();
}

}  // namespace contactd::api
