// One function for each rule of a field: a rule that has none does not compile.
#include "bodies.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <vector>

#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/contact.hpp"
#include "model/decision.hpp"
#include "model/namespace.hpp"
#include "model/relation.hpp"
#include "texts.hpp"

namespace contactd::differential {
namespace {

using namespace std::string_literals;

/// Whether all that should be there is there, and how likely a wrong value is.
enum class Use { create, patch, part };

struct Writer {
  Dice& dice;
  Memory& memory;

  template <class T>
  std::string object(Use use);
  template <class FieldType>
  std::string value(const FieldType& each) {
    return json(each.rule, each.name);
  }

  /// A text that the rule takes, where one of a few tries is: what `propose` gives.
  template <class Rule, class Propose>
  std::string accepted(const Rule& rule, Propose&& propose) {
    std::string text;
    for (int tries = 0; tries < 12; ++tries) {
      text = propose();
      std::string folded = text;
      if (!rule.check(folded)) break;
    }
    return quoted(text, dice);
  }

  std::string json(const resource::Matching& rule, std::string_view name) {
    if (name == "key") return quoted(prop_key(dice), dice);
    if (name == "ref_id" && dice.chance(50)) return quoted(reference(dice), dice);
    if (rule.empty_allowed && dice.chance(10)) return "\"\"";
    if (name == "account_no" && dice.chance(60)) return dice.chance(50) ? R"("50100012345678")" : R"("abc12")";
    if (name == "ifsc" && dice.chance(70)) return dice.chance(80) ? R"("HDFC0000001")" : R"("hdfc0000001")";
    return accepted(rule, [&]() -> std::string {
      if (name == "name" && dice.chance(20)) return namespace_name(dice);
      static constexpr std::string_view known[] = {
          "rm-1",  "rm-2",        "RM-1",        "b1",          "411001",      "Pune",           "pune", "Thane West",
          "India", "Maharashtra", "14, MG Road", "HDFC0000001", "ICIC0ABC123", "50100012345678", "abc12"};
      const std::size_t kind = dice.below(10);
      return kind < 4   ? plain_name(dice)
             : kind < 7 ? std::string(dice.pick(known))
                        : text_of_pattern(rule.pattern.text(), dice);
    });
  }
  std::string json(const resource::Verbatim&, std::string_view) {
    static constexpr std::string_view known[] = {"AFZPK7190K",
                                                 "afzpk7190k",
                                                 "AFZPK7190L",
                                                 "9820012345",
                                                 "+91 98200 12345",
                                                 "asha.rao@example.in",
                                                 "Asha.Rao@Example.in",
                                                 "27AFZPK7190K1Z5",
                                                 "123254684",
                                                 "-1.50",
                                                 "+7",
                                                 "true",
                                                 "false",
                                                 "1e3",
                                                 "1990-02-28",
                                                 "28/02/1990",
                                                 " padded ",
                                                 "A\nB",
                                                 "U12345MH2010PTC123456"};
    if (dice.chance(3))
      return R"("{repeat )" + std::to_string(dice.between(499, 501)) + " '" + std::string(dice.chance(50) ? "😀" : "x") +
             R"('}")";
    return quoted(dice.chance(60) ? std::string(dice.pick(known)) : any_text(dice), dice);
  }
  std::string json(const resource::Sentence&, std::string_view) { return quoted(any_text(dice), dice); }
  std::string json(const resource::Choice& rule, std::string_view) {
    std::size_t size = 0;
    while (size < rule.words.size() && !rule.words[size].empty()) ++size;
    // The first ones more often: what has to be unique meets itself then.
    return quoted(rule.words[dice.below(dice.chance(50) ? std::min<std::size_t>(size, 2) : size)], dice);
  }
  std::string json(const resource::Reference& rule, std::string_view) {
    return "\"" + id_of(rule.table, dice, memory) + "\"";
  }
  std::string json(const resource::ReferenceByName&, std::string_view) { return quoted(namespace_name(dice), dice); }
  std::string json(const resource::YesNo&, std::string_view) { return dice.chance(50) ? "true" : "false"; }
  std::string json(const resource::Whole&, std::string_view) {
    static constexpr std::string_view numbers[] = {"0",
                                                   "1",
                                                   "1",
                                                   "2",
                                                   "3",
                                                   "7.0",
                                                   "7e0",
                                                   "70e-1",
                                                   "1E1",
                                                   "98",
                                                   "999999",
                                                   "999999999999",
                                                   "9007199254740990",
                                                   "9007199254740991",
                                                   "9007199254740992",
                                                   "9.007199254740991e15",
                                                   "-1",
                                                   "1.5",
                                                   "-0",
                                                   "1e99"};
    return std::string(numbers[dice.below(dice.chance(70) ? 9 : std::size(numbers))]);
  }
  std::string json(const resource::Labels&, std::string_view) {
    if (dice.chance(2)) return R"([{each )" + std::to_string(dice.between(49, 51)) + R"( '"t#"'}])";
    if (dice.chance(2)) return R"(["{repeat )" + std::to_string(dice.between(49, 51)) + R"( 'é'}"])";
    std::string array = "[";
    for (std::size_t count = dice.below(4); count > 0; --count)
      array += (array.size() > 1 ? "," : "") + quoted(tag(dice), dice);
    return array + "]";
  }
  std::string json(const resource::AnyObject&, std::string_view) { return any_object(dice); }
  std::string json(const resource::Instant&, std::string_view) { return R"("2030-01-01T00:00:00.000001Z")"; }
  std::string json(const model::ReferencePattern&, std::string_view) {
    static constexpr std::string_view patterns[] = {"C{counter}",
                                                    "C/{yyyy}/{counter:06}",
                                                    "{counter}",
                                                    "R-{counter:02}",
                                                    "X-{yy}{mm}{dd}-{counter:03}",
                                                    "string",
                                                    "A{counter:012}Z",
                                                    "{mm}",
                                                    "{repeat 41 'L'}{counter}",
                                                    "{repeat 50 'L'}",
                                                    "",
                                                    "{Foo}",
                                                    "{counter}{counter}",
                                                    "a b"};
    return quoted(patterns[dice.below(dice.chance(80) ? 7 : std::size(patterns))], dice);
  }
  std::string json(const resource::Children<model::Prop>&, std::string_view) {
    if (dice.chance(1))
      return R"([{each )" + std::to_string(dice.between(99, 101)) + R"( '{"key":"k#","value":"v#","type":"text"}'}])";
    std::string array = "[";
    std::set<std::string> keys;
    for (std::size_t count = dice.below(5); count > 0; --count) {
      const std::string key = prop_key(dice);
      if (!keys.insert(key).second && !dice.chance(3)) continue;
      if (array.size() > 1) array += ',';
      array += property(key);
    }
    return array + "]";
  }
  /// Mostly a good one: a type and a value that fit each other.
  std::string property(const std::string& key) {
    const auto& ids = memory.own().props;
    if (!ids.empty() && dice.chance(3)) return "\"" + dice.pick(ids) + "\"";
    if (dice.chance(3)) return object<model::Prop>(Use::create);
    static constexpr std::string_view others[] = {R"("-1.50","type":"number")", R"("+007","type":"number")",
                                                  R"("true","type":"boolean")", R"("a/b.jpg","type":"file")"};
    const std::string start = R"({"key":)" + quoted(key, dice) + R"(,"value":)";
    if (dice.chance(15)) return start + std::string(dice.pick(others)) + "}";
    return start + json(resource::Verbatim{1, 500}, "value") + R"(,"type":"text"})";
  }
};

template <class T>
std::string Writer::object(Use use) {
  const bool careless = dice.chance(12);
  std::vector<std::string> members;
  resource::for_each_field<T>([&](const auto& each) {
    const bool needed = use == Use::create && each.traits.required;
    if (!dice.chance(each.traits.read_only ? 1 : needed ? (careless ? 85 : 100) : use == Use::create ? 45 : 30)) return;
    if (use == Use::patch && each.traits.immutable && !careless && !dice.chance(10)) return;
    std::string text = careless && dice.chance(25) ? any_json(dice) : !needed && dice.chance(5) ? "null"s : value(each);
    members.push_back(each.group().empty() ? "\"" + std::string(each.name) + "\":" + text
                                           : "\"" + std::string(each.group()) + "\":{\"" + std::string(each.leaf()) +
                                                 "\":" + text + "}");
  });
  static constexpr std::string_view others[] = {R"("id":"x")",   R"("created_at":null)", R"("tenant_id":7)",
                                                R"("nmae":"x")", R"("addresses":[])",    R"("contact":{"id":"x"})",
                                                R"("\u0000":1)", R"("updated_by":"x")",  R"("key":"a b")",
                                                R"("é":[])"};
  if (careless && dice.chance(40)) members.emplace_back(dice.pick(others));
  if (dice.chance(10) && members.size() > 1) std::swap(members.front(), members.back());
  std::string text = "{";
  for (const std::string& member : members) text += (text.size() > 1 ? "," : "") + member;
  return text + "}";
}

std::string array_of_objects(Writer& writer, bool of_banks) {
  std::string array = "[";
  for (std::size_t count = writer.dice.below(3); count > 0; --count) {
    if (array.size() > 1) array += ',';
    array += of_banks ? writer.object<model::Bank>(Use::part) : writer.object<model::Address>(Use::part);
  }
  return array + "]";
}

std::string dedupe_body(Writer& writer) {
  Dice& dice = writer.dice;
  std::string text = "{";
  if (dice.chance(40)) {
    text += R"("contact":")" + id_of("contacts", dice, writer.memory) + "\"";
  } else {
    text = writer.object<model::Contact>(Use::part);
    text.pop_back();
  }
  const auto add = [&](std::string_view name, const std::string& json) {
    text += (text.size() > 1 ? ",\"" : "\"") + std::string(name) + "\":" + json;
  };
  static constexpr std::string_view thresholds[] = {"0", "0.5", "0.1", "1", "0.85", "1e-3", "-1", "2", "null", "\"x\""};
  static constexpr std::string_view limits[] = {"1", "2", "50", "10.0", "51", "0", "null", "1.5"};
  if (dice.chance(20)) add("addresses", array_of_objects(writer, false));
  if (dice.chance(20)) add("banks", array_of_objects(writer, true));
  if (dice.chance(60)) add("threshold", std::string(thresholds[dice.below(dice.chance(90) ? 6 : 10)]));
  if (dice.chance(30)) add("limit", std::string(limits[dice.below(dice.chance(90) ? 4 : 8)]));
  return text + "}";
}

template <class T>
std::string resource_body(std::string_view suffix, Writer& writer) {
  return writer.object<T>(suffix == "Create" ? Use::create : Use::patch);
}

std::string body_of_schema(const api::Schema& schema, Writer& writer) {
  const std::string_view noun = schema.noun;
  if (noun == "namespace") return resource_body<model::Namespace>(schema.suffix, writer);
  if (noun == "contact") return resource_body<model::Contact>(schema.suffix, writer);
  if (noun == "address") return resource_body<model::Address>(schema.suffix, writer);
  if (noun == "bank") return resource_body<model::Bank>(schema.suffix, writer);
  if (noun == "relation") return resource_body<model::Relation>(schema.suffix, writer);
  if (noun == "rejection") return writer.object<model::Rejection>(Use::patch);
  if (noun == "nothing") return "{}";
  if (noun == "dedupe") return dedupe_body(writer);
  if (noun == "prop") {
    // The key stands in the path: mostly none is here.
    std::string text = writer.object<model::Prop>(Use::create);
    if (writer.dice.chance(5)) return text;
    return R"({"value":)" + writer.json(resource::Verbatim{1, 500}, "value") + R"(,"type":"text"})";
  }
  if (noun == "props") {
    const std::string array = writer.json(resource::Children<model::Prop>{model::props_max}, "props");
    return writer.dice.chance(30) ? R"({"props":)" + array + "}" : array;
  }
  throw std::logic_error("no bodies are known for " + std::string(noun) + ": add it to tests/differential/bodies.cpp");
}

}  // namespace

std::string namespace_name(Dice& dice) {
  static constexpr std::string_view names[] = {"Retail", "Corporate loans", "Vayana",   "retail",
                                               "A_b",    "Zoya & Co.",      "  Retail "};
  return std::string(names[dice.below(dice.chance(85) ? 3 : std::size(names))]);
}

std::string prop_key(Dice& dice) {
  static constexpr std::string_view keys[] = {"pan",      "PAN No",    "pan_no", "mobile", "email",   "gstin",
                                              "voter id", "cin",       "a,b.c",  "photo",  "Pan",     "date_of_birth",
                                              "x",        " pan  no ", ".",      "é",      "passport"};
  return std::string(keys[dice.below(dice.chance(80) ? 5 : std::size(keys))]);
}

std::string tag(Dice& dice) {
  static constexpr std::string_view tags[] = {"vip", "VIP",     "home", "a", "b",   "gold", "new client", "आशा",
                                              "é",   "e\u0301", "😀",    "ß", " a ", "a,b",  "",           "\x01"};
  return std::string(tags[dice.below(dice.chance(85) ? 12 : std::size(tags))]);
}

std::string reference(Dice& dice) {
  static constexpr std::string_view known[] = {
      "R-01", "R-02", "R-1", "C1", "C2", "C10", "c1", "1", "2", "string1", "A/b.c_d-e", "C/2030/000001", "R 1"};
  return std::string(dice.pick(known));
}

std::string body_for(const api::Operation& operation, Dice& dice, Memory& memory) {
  Writer writer{dice, memory};
  std::string body = body_of_schema(operation.body.schema, writer);
  return dice.chance(2) ? hazardous_body(dice) : body;
}

}  // namespace contactd::differential
